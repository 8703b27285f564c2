package io.vilokanam.node.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import io.vilokanam.node.importing.Chain;
import io.vilokanam.node.log.NodeLog;
import io.vilokanam.node.service.ChainCore;

/** Shows how far the chain on disk has come. */
@Command(name = "chain-info", mixinStandardHelpOptions = true, description = "Show the best and the finalised block of the database, as JSON.")
final class ShowChain implements Callable<Integer> {

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private SharedOptions shared;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        shared.startLog();
        try (ChainCore core = OfflineChain.open(shared, database, new NodeLog())) {
            Chain chain = core.chain();
            ObjectNode json = new JsonMapper().createObjectNode();
            json.put("best_hash", chain.best().hash().toString());
            json.put("best_number", chain.best().number());
            json.put("genesis_hash", chain.genesis().toString());
            json.put("finalized_hash", chain.finalised().hash().toString());
            json.put("finalized_number", chain.finalised().number());
            PrintWriter out = command.commandLine().getOut();
            out.print(KeyOptions.write(json));
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }
}
