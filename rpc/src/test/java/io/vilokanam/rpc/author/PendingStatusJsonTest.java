package io.vilokanam.rpc.author;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import org.junit.jupiter.api.Test;

import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.rpc.backend.BlockRef;
import io.vilokanam.rpc.backend.PendingStatus;
import io.vilokanam.rpc.backend.PendingStatus.Place;
import io.vilokanam.rpc.backend.PoolRefusal;
import io.vilokanam.rpc.backend.TransactionStatus;
import io.vilokanam.scale.Bytes;

class PendingStatusJsonTest {

    private static final String ZERO = "0x" + "00".repeat(32);
    private static final BlockRef BEST = new BlockRef(Hash.ZERO, 7);
    private static final PoolRefusal STALE = new PoolRefusal.Invalid(new InvalidTransaction.Stale());

    private static String json(Place place, Duration... banned) throws IOException {
        var text = new ByteArrayOutputStream();
        try (var out = new JsonFactory().createGenerator(text)) {
            PendingStatusJson.of(new PendingStatus(place, List.of(banned).stream().findFirst())).write(out);
        }
        return text.toString(StandardCharsets.UTF_8).replace('"', '\'').replace(ZERO, "0");
    }

    @Test
    void tellsThatATransactionMayGoIntoABlock() throws IOException {
        assertEquals("{'status':'ready','priority':'18446744073709551615','validTill':64}",
                json(new Place.Ready(-1, 64)));
    }

    @Test
    void tellsWhatATransactionWaitsFor() throws IOException {
        assertEquals("{'status':'future','priority':'5','validTill':null,'waitsFor':['0x0102']}",
                json(new Place.Future(5, -1, List.of(Bytes.fromHex("0x0102")))));
    }

    @Test
    void tellsWhichCheckFailedAndForHowLongTheTransactionIsBanned() throws IOException {
        assertEquals(
                "{'status':'refused','error':{'code':1010,'message':'Invalid Transaction','data':'Transaction is outdated'},"
                        + "'best':'0','bannedSeconds':90}",
                json(new Place.Refused(STALE, BEST), Duration.ofSeconds(90)));
    }

    @Test
    void tellsWhatThrewATransactionOut() throws IOException {
        assertEquals("{'status':'removed','last':{'usurped':'0'},'best':'0'}",
                json(new Place.Removed(new TransactionStatus.Usurped(Hash.ZERO), Optional.empty(), BEST)));
        assertEquals("{'status':'removed','last':'invalid','error':{'code':1010,'message':'Invalid Transaction',"
                + "'data':'Transaction is outdated'},'best':'0'}",
                json(new Place.Removed(new TransactionStatus.Invalid(), Optional.of(STALE), BEST)));
    }

    @Test
    void tellsOfBlocksAndOfWhatNobodyKnows() throws IOException {
        assertEquals("{'status':'inBlock','block':'0'}", json(new Place.InBlock(Hash.ZERO)));
        assertEquals("{'status':'unknown'}", json(new Place.Unknown()));
    }
}
