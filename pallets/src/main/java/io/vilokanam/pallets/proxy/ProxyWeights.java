package io.vilokanam.pallets.proxy;

import io.vilokanam.frame.weights.DbWeight;
import io.vilokanam.primitives.Weight;

/** What the calls of Proxy cost, given the most announcements and proxies: pallet-proxy 40.0 with RocksDB's costs. */
record ProxyWeights(long pending, long proxies) {

    static final Weight POKE_DEPOSIT = new Weight(47_972_000, 5_698).plus(DbWeight.ROCKS_DB.readsWrites(3, 3));

    Weight proxy() {
        return ofProxies(25_084_085, 33_574, 3, 0);
    }

    Weight proxyAnnounced() {
        return ofBoth(48_686_812, 171_107, 34_523, 5);
    }

    Weight removeAnnouncement() {
        return ofBoth(30_320_504, 158_572, 8_433, 2);
    }

    Weight rejectAnnouncement() {
        return ofBoth(29_754_384, 176_827, 9_607, 2);
    }

    Weight announce() {
        return ofBoth(38_080_636, 157_335, 28_872, 3);
    }

    Weight addProxy() {
        return ofProxies(28_296_216, 50_271, 1, 1);
    }

    Weight removeProxy() {
        return ofProxies(28_379_566, 45_784, 1, 1);
    }

    Weight removeProxies() {
        return ofProxies(25_821_878, 33_972, 1, 1);
    }

    Weight createPure() {
        return ofProxies(29_662_728, 29_928, 1, 1);
    }

    Weight killPure() {
        return ofProxies(26_780_627, 33_085, 1, 1);
    }

    private Weight ofProxies(long base, long each, int reads, int writes) {
        return new Weight(base, 4_706).plus(new Weight(each, 0).times(proxies))
                .plus(DbWeight.ROCKS_DB.readsWrites(reads, writes));
    }

    private Weight ofBoth(long base, long eachPending, long eachProxy, int reads) {
        return new Weight(base, 5_698).plus(new Weight(eachPending, 0).times(pending))
                .plus(new Weight(eachProxy, 0).times(proxies)).plus(DbWeight.ROCKS_DB.readsWrites(reads, 2));
    }
}
