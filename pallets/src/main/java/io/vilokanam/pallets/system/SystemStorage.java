package io.vilokanam.pallets.system;

import java.util.List;
import java.util.Map;

import io.vilokanam.frame.pallet.PalletScope;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.storage.Hasher;
import io.vilokanam.frame.storage.StorageMap;
import io.vilokanam.frame.storage.StorageValue;
import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.header.Digest;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs;

/** The storage of System, in the order in which metadata lists it. */
final class SystemStorage<D> {

    final StorageMap<AccountId, AccountInfo<D>> account;
    final StorageValue<Long> extrinsicCount;
    final StorageValue<Boolean> inherentsApplied;
    final StorageValue<PerDispatchClass<Weight>> blockWeight;
    final StorageValue<Long> allExtrinsicsLen;
    final StorageMap<Long, Hash> blockHash;
    final StorageMap<Long, Bytes> extrinsicData;
    final StorageValue<Long> number;
    final StorageValue<Hash> parentHash;
    final StorageValue<Digest> digest;
    final StorageValue<Bytes> events;
    final StorageValue<Long> eventCount;
    final StorageMap<Hash, List<Map.Entry<Long, Long>>> eventTopics;
    final StorageValue<LastRuntimeUpgrade> lastRuntimeUpgrade;
    final StorageValue<Boolean> upgradedToU32RefCount;
    final StorageValue<Boolean> upgradedToTripleRefCount;
    final StorageValue<Phase> executionPhase;
    final StorageValue<CodeUpgradeAuthorization> authorizedUpgrade;
    final StorageValue<Weight> extrinsicWeightReclaimed;

    SystemStorage(RuntimeScope runtime, PalletScope scope, Codec<D> data, D noData) {
        account = scope.map("Account", Hasher.BLAKE2_128_CONCAT, AccountId.CODEC, AccountInfo.codec(data),
                new AccountInfo<>(0, 0, 0, 0, noData), "What is known of each account.");
        extrinsicCount = scope.optionalValue("ExtrinsicCount", Codecs.U32, "How many extrinsics the block has.");
        inherentsApplied = scope.value("InherentsApplied", Codecs.BOOL, false, "Whether all inherents were applied.");
        blockWeight = scope.value("BlockWeight", PerDispatchClass.CONSUMED_WEIGHT, PerDispatchClass.NOTHING_CONSUMED,
                "The weight that the block used so far.");
        allExtrinsicsLen = scope.optionalValue("AllExtrinsicsLen", Codecs.U32,
                "How many bytes the block's extrinsics took up so far.");
        blockHash = scope.map("BlockHash", Hasher.TWOX_64_CONCAT, Codecs.U32, Hash.CODEC, Hash.ZERO,
                "The hashes of recent blocks and of genesis.");
        extrinsicData = scope.map("ExtrinsicData", Hasher.TWOX_64_CONCAT, Codecs.U32, Codecs.BYTES, Bytes.EMPTY,
                "The extrinsics of the block until their root is known.");
        number = scope.value("Number", Codecs.U32, 0L, "The number of the block.");
        parentHash = scope.value("ParentHash", Hash.CODEC, Hash.ZERO, "The hash of the block before.");
        digest = scope.value("Digest", Digest.CODEC, Digest.EMPTY, "The log items of the block so far.");
        events = scope.value("Events", EventRecord.listCodec(runtime), Bytes.wrap(new byte[1]),
                "What happened in the block.");
        eventCount = scope.value("EventCount", Codecs.U32, 0L, "How many events the block has.");
        eventTopics = scope.map("EventTopics", Hasher.BLAKE2_128_CONCAT, Hash.CODEC,
                Codecs.vec(Codecs.tuple(Codecs.U32, Codecs.U32)), List.of(),
                "Block and index of the events of each topic.");
        lastRuntimeUpgrade = scope.optionalValue("LastRuntimeUpgrade", LastRuntimeUpgrade.CODEC,
                "Which specification executed the last block.");
        upgradedToU32RefCount = scope.value("UpgradedToU32RefCount", Codecs.BOOL, false,
                "Whether reference counts have 32 bits.");
        upgradedToTripleRefCount = scope.value("UpgradedToTripleRefCount", Codecs.BOOL, false,
                "Whether accounts have all three reference counts.");
        executionPhase = scope.optionalValue("ExecutionPhase", Phase.CODEC, "Which part of the block is executed.");
        authorizedUpgrade = scope.optionalValue("AuthorizedUpgrade", CodeUpgradeAuthorization.CODEC,
                "The code that anyone may now bring.");
        extrinsicWeightReclaimed = scope.value("ExtrinsicWeightReclaimed", Weight.CODEC, Weight.ZERO,
                "The weight that the extrinsic gave back so far.");
    }
}
