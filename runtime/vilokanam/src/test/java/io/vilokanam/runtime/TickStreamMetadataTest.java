package io.vilokanam.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.vilokanam.api.Externalities;
import io.vilokanam.api.StateVersion;
import io.vilokanam.frame.metadata.ApiDescription;
import io.vilokanam.frame.metadata.Metadata;
import io.vilokanam.frame.metadata.MetadataVersion;
import io.vilokanam.frame.metadata.PalletDescription;
import io.vilokanam.frame.metadata.PortableDefinition;
import io.vilokanam.host.call.HostExternalities;
import io.vilokanam.host.call.HostServices;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.state.ChainState;
import io.vilokanam.host.state.StorageOverlay;
import io.vilokanam.pallets.tickstream.TickStream;
import io.vilokanam.pallets.tickstream.TickStreamCall;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.dispatch.DispatchClass;
import io.vilokanam.primitives.tickstream.Batch;
import io.vilokanam.primitives.tickstream.Entry;
import io.vilokanam.primitives.tickstream.Settings;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;

/** What composition 101 tells wallets and explorers of tick-stream, and that its limits fit a block. */
class TickStreamMetadataTest {

    private static final VilokanamRuntime RUNTIME = NativeRuntimes.ofVersion(101);

    private static Externalities nowhere() {
        return new HostExternalities(new StorageOverlay(ChainState.empty(), StateVersion.V1),
                HostServices.onChain(SignatureBatches.onCallingThread(new SecureRandom()), (_, _) -> {}));
    }

    private static byte[] blob(long version) throws Exception {
        byte[] answer = RUNTIME.call("Metadata_metadata_at_version", Codecs.U32.encode(version), nowhere());
        Optional<Bytes> blob = Codecs.option(Codecs.BYTES).decodeAll(answer);
        return blob.orElseThrow().toArray();
    }

    private static Metadata metadata() throws Exception {
        return Metadata.decode(MetadataVersion.V16, blob(16));
    }

    private static PalletDescription<Integer> pallet(Metadata metadata) {
        return metadata.runtime().pallets().stream().filter(pallet -> pallet.name().equals("TickStream")).findFirst()
                .orElseThrow();
    }

    /** The variants of an enum in the order of their indices, which count from 0. */
    private static List<String> variants(Metadata metadata, Optional<PalletDescription.Table<Integer>> table) {
        var definition = (PortableDefinition.Enumeration) metadata.types().types().get(table.orElseThrow().type())
                .definition();
        for (int i = 0; i < definition.variants().size(); i++) {
            assertEquals(i, definition.variants().get(i).index());
        }
        return definition.variants().stream().map(PortableDefinition.Variant::name).toList();
    }

    @ParameterizedTest
    @EnumSource(value = MetadataVersion.class, names = {"V14", "V15", "V16"})
    void decodesAndEncodesToTheSameBytes(MetadataVersion version) throws Exception {
        byte[] blob = blob(Long.parseLong(version.name().substring(1)));
        Metadata metadata = Metadata.decode(version, blob);
        assertArrayEquals(blob, metadata.encode());
        assertEquals(20, pallet(metadata).index());
    }

    @Test
    void listsEveryCall() throws Exception {
        Metadata metadata = metadata();
        assertEquals(List.of("create_stream", "update_stream", "open_session", "top_up", "settle_batch", "claim",
                "request_close", "close_with_word", "pay_accrued", "set_settlement_key", "set_platform", "tip",
                "set_tiers", "subscribe", "sponsor", "end_sponsorship", "open_sponsored", "open_gift",
                "set_spending_limit"),
                variants(metadata, pallet(metadata).calls()));
    }

    @Test
    void listsEveryEvent() throws Exception {
        Metadata metadata = metadata();
        assertEquals(List.of("StreamCreated", "StreamUpdated", "SessionOpened", "ToppedUp", "Settled", "EntrySkipped",
                "StreamPaid", "PlatformPaid", "BatchSettled", "CloseRequested", "SessionClosed", "Accrued",
                "AccruedPaid",
                "SettlementKeySet", "PlatformSet", "Tipped", "TiersSet", "Subscribed", "SponsorshipOpened",
                "SponsorshipEnded", "SessionFunded", "ReserveReturned", "SpendingLimitSet"),
                variants(metadata, pallet(metadata).events()));
    }

    @Test
    void listsEveryError() throws Exception {
        Metadata metadata = metadata();
        assertEquals(List.of("UnknownSession", "NothingNew", "StepTooLarge", "ChainExhausted", "AheadOfTime",
                "WordMismatch",
                "EscrowExhausted", "SecretMismatch", "OutOfHashes", "OutOfPayments", "UnknownStream", "StreamNotActive",
                "NotTheCreator", "NotTheViewer", "NotAPayee", "RateIsZero", "RateTooHigh", "BadPayees", "TitleTooLong",
                "DepositTooLow", "BadChainLength", "SessionAlreadyOpen", "SessionClosing", "NothingAccrued",
                "CannotBePaid",
                "UnknownKey", "BadNonce", "BadFee", "TooLate", "BadBatch", "BadSignature", "TipTooSmall",
                "BadTiers", "UnknownTier", "AlreadySubscribed", "BadSponsorship", "UnknownSponsorship", "NotTheSponsor",
                "NotSponsored", "AlreadySponsored", "SponsorshipExhausted", "BadConsent", "SpendingLimit"),
                variants(metadata, pallet(metadata).errors()));
    }

    @Test
    void listsStorageAndConstants() throws Exception {
        PalletDescription<Integer> pallet = pallet(metadata());
        assertEquals(
                List.of("SettlementKeys", "SpendingLimits", "Accrued", "Platform", "Fee", "NextStream", "Streams",
                        "Due",
                        "DueCursor", "Tiers", "Subscriptions", "NextSponsorship", "Sponsorships", "SponsoredViewers",
                        "NextSession", "Sessions", "SessionOf", "FreeLooks"),
                pallet.storage().orElseThrow().items().stream().map(PalletDescription.Item::name).toList());
        assertEquals(List.of("Pot", "MinimumDeposit", "MaxTicks", "Limits", "TipFee"),
                pallet.constants().stream().map(PalletDescription.ConstantDescription::name).toList());
        assertEquals(new Settings.Limits(1_000, 4_096, 30, 30, 43_200),
                Settings.Limits.CODEC.decodeAll(pallet.constants().get(3).value().toArray()));
        assertTrue(Stream.concat(pallet.storage().orElseThrow().items().stream().map(PalletDescription.Item::docs),
                pallet.constants().stream().map(PalletDescription.ConstantDescription::docs)).noneMatch(List::isEmpty));
    }

    @Test
    void listsTheRuntimeApi() throws Exception {
        ApiDescription<Integer> api = metadata().runtime().apis().stream()
                .filter(each -> each.name().equals("TickStreamApi"))
                .findFirst().orElseThrow();
        assertEquals(List.of("settings", "stream", "session", "sessions", "session_of", "quote", "open_session_fee",
                "next_nonce", "batch_payload",
                "batch_extrinsic", "session_account", "offer", "tiers", "subscription", "sponsorship", "sponsorships",
                "spending_limit", "gift_payload"), api.methods().stream().map(ApiDescription.Method::name).toList());
    }

    @Test
    void aFullBatchFitsHalfOfABlocksNormalWeight() {
        TickStream tickStream = RUNTIME.pallets().tickStream().orElseThrow();
        Settings settings = tickStream.settings(nowhere());
        assertEquals(List.of(2_048L, 262_144L), List.of(settings.entriesMax(), settings.hashesMax()));
        Bytes word = Bytes.wrap(new byte[32]);
        List<Entry> entries = new ArrayList<>(
                Collections.nCopies((int) settings.entriesMax() - Batch.CLOSES_MAX,
                        new Entry(0, 1, word, Optional.empty())));
        entries.addAll(Collections.nCopies(Batch.CLOSES_MAX, new Entry(0, 1, word, Optional.of(word))));
        Batch full = new Batch(PublicKey.wrap(new byte[32]), 0, 1, settings.hashesMax(), settings.paymentsMax(),
                entries);
        long weight = tickStream.weigh(new TickStreamCall.SettleBatch(full, Bytes.wrap(new byte[64]))).refTime();
        long half = RUNTIME.pallets().system().blockWeights().get(DispatchClass.NORMAL).maxTotal().orElseThrow()
                .refTime()
                / 2;
        assertEquals(375_000_000_000L, half);
        assertTrue(weight <= half, () -> weight + " ps, half of normal is " + half);
    }
}
