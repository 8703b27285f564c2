package io.vilokanam.node.service;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

import io.vilokanam.crypto.hash.Blake2b;
import io.vilokanam.node.finality.GrandpaDriver;
import io.vilokanam.node.network.announce.ChainPeers;
import io.vilokanam.node.pool.TransactionPool;
import io.vilokanam.node.rpc.NodeAnswers;
import io.vilokanam.node.telemetry.Machine;
import io.vilokanam.node.telemetry.NodeTelemetry;
import io.vilokanam.node.telemetry.Telemetry;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.ss58.Ss58;

/** Telemetry, put together with the parts of the node that it tells of. */
final class TelemetryParts {

    private TelemetryParts() {}

    /** Begins to tell the servers of a node; they are named in its configuration. */
    static Telemetry start(NodeConfig config, NodeIdentity identity, ChainCore core, TransactionPool pool,
            GrandpaDriver grandpa, ChainPeers peers, SlotListeners slots, EssentialThreads threads, Platform platform) {
        Telemetry telemetry = new Telemetry(config.operator().telemetry(), greeting(config, identity, core, platform),
                platform.clock(), platform.random());
        Ss58 addresses = new Ss58(Blake2b::hash512);
        NodeTelemetry node = new NodeTelemetry(telemetry,
                new NodeTelemetry.Sources(core.chain(), core.store(), peers, pool,
                        (PublicKey key) -> addresses.encode(Node.SS58_PREFIX, key.bytes()), _ -> grandpa.ownKey()));
        core.chain().listen(node::onEvent);
        pool.onImport(_ -> node.onTransaction());
        slots.add(node);
        grandpa.listen(node);
        telemetry.start();
        threads.start("telemetry-periodic-send", node::run);
        return telemetry;
    }

    /** {@code system.connected}. */
    private static SortedMap<String, Object> greeting(NodeConfig config, NodeIdentity identity, ChainCore core,
            Platform platform) {
        SortedMap<String, Object> greeting = new TreeMap<>();
        greeting.put("msg", "system.connected");
        greeting.put("authority", config.isAuthority());
        greeting.put("chain", config.spec().name());
        greeting.put("config", "");
        greeting.put("genesis_hash", core.chain().genesis().toString());
        greeting.put("implementation", "Vilokanam Node");
        greeting.put("name", config.name());
        greeting.put("network_id", identity.peerId());
        greeting.put("startup_time", Long.toString(platform.clock().millis()));
        greeting.put("sysinfo", Machine.facts());
        greeting.put("target_arch", Machine.architecture());
        greeting.put("target_env", "jvm-" + System.getProperty("java.specification.version").toLowerCase(Locale.ROOT));
        greeting.put("target_os", Machine.system());
        greeting.put("version", NodeAnswers.VERSION);
        return greeting;
    }
}
