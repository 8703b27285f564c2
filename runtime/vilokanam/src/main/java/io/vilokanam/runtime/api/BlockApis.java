package io.vilokanam.runtime.api;

import static io.vilokanam.frame.runtimeapi.ApiMethod.method;
import static io.vilokanam.frame.runtimeapi.ApiMethod.parameter;
import static io.vilokanam.frame.runtimeapi.RuntimeApi.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.executive.Executive;
import io.vilokanam.frame.executive.RuntimePanic;
import io.vilokanam.frame.extrinsic.UncheckedExtrinsic;
import io.vilokanam.frame.pallet.Pallet.InherentError;
import io.vilokanam.frame.pallet.PalletSlot;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.frame.runtimeapi.RuntimeApi;
import io.vilokanam.primitives.Hash;
import io.vilokanam.primitives.header.Block;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.primitives.inherent.CheckInherentsResult;
import io.vilokanam.primitives.inherent.InherentData;
import io.vilokanam.primitives.validity.ApplyResult;
import io.vilokanam.primitives.validity.TransactionSource;
import io.vilokanam.primitives.version.RuntimeVersion;
import io.vilokanam.scale.Bytes;
import io.vilokanam.scale.Codecs;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.ScaleException;

/** The APIs that make, check and follow blocks. */
public final class BlockApis {

    private final RuntimeScope runtime;
    private final Executive executive;
    private final ApiTypes types;

    public BlockApis(RuntimeScope runtime, Executive executive, ApiTypes types) {
        this.runtime = runtime;
        this.executive = executive;
        this.types = types;
    }

    public RuntimeApi core(RuntimeVersion version) {
        return api(Apis.CORE, method("version", RuntimeVersion.CODEC, _ -> version),
                method("execute_block", parameter("block", types.block()), Codecs.UNIT, (ext, block) -> {
                    executive.executeBlock(ext, block);
                    return Unit.UNIT;
                }), method("initialize_block", parameter("header", Header.CODEC), ApiTypes.INCLUSION_MODE,
                        (ext, header) -> {
                            executive.initialiseBlock(ext, header);
                            return ApiTypes.InclusionMode.ALL_EXTRINSICS;
                        }));
    }

    public RuntimeApi blockBuilder() {
        return api(Apis.BLOCK_BUILDER,
                method("apply_extrinsic", parameter("extrinsic", types.extrinsic()), ApplyResult.CODEC,
                        executive::applyExtrinsic),
                method("finalize_block", Header.CODEC, executive::finaliseBlock),
                method("inherent_extrinsics", parameter("inherent", InherentData.CODEC),
                        Codecs.vec(types.opaqueExtrinsic()),
                        this::inherents),
                method("check_inherents", parameter("block", types.block()), parameter("data", InherentData.CODEC),
                        CheckInherentsResult.CODEC, this::checkInherents));
    }

    private List<Bytes> inherents(Externalities ext, InherentData data) {
        List<Bytes> inherents = new ArrayList<>();
        for (PalletSlot slot : runtime.slots()) {
            slot.pallet().createInherent(ext, data).ifPresent(call -> inherents.add(
                    Bytes.wrap(
                            executive.format().bareContent(new io.vilokanam.frame.dispatch.RuntimeCall(slot, call)))));
        }
        return inherents;
    }

    private CheckInherentsResult checkInherents(Externalities ext, Block block, InherentData data) {
        CheckInherentsResult result = CheckInherentsResult.OKAY;
        // All of them first: a block that holds one that does not decode is no block.
        for (UncheckedExtrinsic extrinsic : block.extrinsics().stream().map(this::decode).toList()) {
            PalletSlot slot = extrinsic.call().pallet();
            if (!extrinsic.isBare() || !slot.pallet().isInherent(extrinsic.call().call())) {
                break;
            }
            Optional<InherentError> error = slot.pallet().checkInherent(ext, extrinsic.call().call(), data);
            if (error.isPresent()) {
                Bytes encoded = error.get().error();
                var raw = Codecs.fixedBytes(encoded.size());
                result = error.get().fatal() ? result.withFatalError(error.get().identifier(), raw, encoded)
                        : result.withError(error.get().identifier(), raw, encoded);
            }
            if (result.fatalError()) {
                return result;
            }
        }
        return result;
    }

    private UncheckedExtrinsic decode(Bytes content) {
        try {
            return executive.format().decodeContent(content.view());
        } catch (ScaleException e) {
            throw new RuntimePanic("extrinsic does not decode: " + e.getMessage());
        }
    }

    public RuntimeApi transactionQueue() {
        return api(Apis.TRANSACTION_QUEUE,
                method("validate_transaction", parameter("source", TransactionSource.CODEC),
                        parameter("tx", types.extrinsic()), parameter("block_hash", Hash.CODEC), ApplyResult.VALIDITY,
                        executive::validate));
    }

    public RuntimeApi offchainWorker() {
        return api(Apis.OFFCHAIN_WORKER,
                method("offchain_worker", parameter("header", Header.CODEC), Codecs.UNIT, (ext, header) -> {
                    executive.offchainWorkers(ext, header);
                    return Unit.UNIT;
                }));
    }
}
