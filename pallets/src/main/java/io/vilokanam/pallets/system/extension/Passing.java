package io.vilokanam.pallets.system.extension;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.extension.Transaction;
import io.vilokanam.frame.extension.TransactionExtension;
import io.vilokanam.frame.extension.ValidityException;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Struct;
import io.vilokanam.scale.type.TypeInfo.TypeParameter;

/** An extension that lets every transaction pass; what it implies is its check ({@code impl_tx_ext_default!}). */
interface Passing<X, I> extends TransactionExtension<X, I, Unit, Unit> {

    @Override
    default Validated<Unit> validate(Externalities ext, X value, Origin origin, Transaction transaction)
            throws ValidityException {
        return new Validated<>(ValidTransaction.DEFAULT, Unit.UNIT, origin);
    }

    @Override
    default Unit prepare(Externalities ext, X value, Unit state, Origin origin, Transaction transaction)
            throws ValidityException {
        return Unit.UNIT;
    }

    /** The codec of an extension that takes no bytes in an extrinsic. */
    static Codec<Unit> nothingSent(String path) {
        return Struct.struct(() -> Unit.UNIT).named(path, TypeParameter.skipped("T"));
    }
}
