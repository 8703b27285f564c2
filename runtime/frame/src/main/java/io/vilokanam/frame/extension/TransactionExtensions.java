package io.vilokanam.frame.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vilokanam.api.Externalities;
import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.dispatch.RuntimeCall;
import io.vilokanam.primitives.Weight;
import io.vilokanam.primitives.dispatch.DispatchError;
import io.vilokanam.primitives.dispatch.PostDispatchInfo;
import io.vilokanam.primitives.validity.InvalidTransaction;
import io.vilokanam.primitives.validity.ValidTransaction;
import io.vilokanam.scale.Codecs.Unit;
import io.vilokanam.scale.Result;
import io.vilokanam.scale.ScaleException;
import io.vilokanam.scale.ScaleInput;
import io.vilokanam.scale.ScaleOutput;

/** The extensions of a runtime, run one behind the other as FRAME runs a tuple of them. */
public final class TransactionExtensions {

    /** The values that stand in an extrinsic, one an extension. */
    public record Values(List<Object> inOrder) {}

    /** A transaction that all extensions found valid. */
    public record Validated(ValidTransaction validity, List<Object> states, Origin origin) {}

    private final List<TransactionExtension<Object, Object, Object, Object>> extensions = new ArrayList<>();

    /** Adds the next extension. */
    @SuppressWarnings("unchecked")
    public TransactionExtensions with(TransactionExtension<?, ?, ?, ?> extension) {
        // Safe: values and states are only ever handed back to the extension that made them.
        extensions.add((TransactionExtension<Object, Object, Object, Object>) extension);
        return this;
    }

    /** The extensions in order, for metadata. */
    public List<TransactionExtension<Object, Object, Object, Object>> inOrder() {
        return List.copyOf(extensions);
    }

    public void encode(Values values, ScaleOutput out) {
        for (int i = 0; i < extensions.size(); i++) {
            extensions.get(i).codec().encode(values.inOrder.get(i), out);
        }
    }

    public Values decode(ScaleInput in) throws ScaleException {
        List<Object> values = new ArrayList<>(extensions.size());
        for (var extension : extensions) {
            values.add(extension.codec().decode(in));
        }
        return new Values(values);
    }

    /** Writes what is signed over but not sent. */
    public void encodeImplicit(Externalities ext, Values values, ScaleOutput out) throws ValidityException {
        for (int i = 0; i < extensions.size(); i++) {
            var extension = extensions.get(i);
            extension.implicitCodec().encode(extension.implicit(ext, values.inOrder.get(i)), out);
        }
    }

    /** What all extensions cost together. */
    public Weight weight(Values values, RuntimeCall call) {
        Weight sum = Weight.ZERO;
        for (int i = 0; i < extensions.size(); i++) {
            sum = sum.plus(extensions.get(i).weight(values.inOrder.get(i), call));
        }
        return sum;
    }

    /** Validates with all extensions; afterwards some origin must have been authorised. */
    public Validated validate(Externalities ext, Values values, Origin origin, Transaction transaction)
            throws ValidityException {
        for (int i = 0; i < extensions.size(); i++) {
            extensions.get(i).implicit(ext, values.inOrder.get(i)); // fails where it cannot be told
        }
        ValidTransaction validity = ValidTransaction.DEFAULT;
        List<Object> states = new ArrayList<>(extensions.size());
        Origin current = origin;
        for (int i = 0; i < extensions.size(); i++) {
            var result = extensions.get(i).validate(ext, values.inOrder.get(i), current, transaction);
            validity = validity.combinedWith(result.validity());
            states.add(result.state());
            current = result.origin();
        }
        if (current instanceof Origin.None) {
            throw new ValidityException(new InvalidTransaction.UnknownOrigin());
        }
        return new Validated(validity, states, current);
    }

    public List<Object> prepare(Externalities ext, Values values, Validated validated, Transaction transaction)
            throws ValidityException {
        List<Object> prepared = new ArrayList<>(extensions.size());
        for (int i = 0; i < extensions.size(); i++) {
            prepared.add(
                    extensions.get(i).prepare(ext, values.inOrder.get(i), validated.states.get(i), validated.origin,
                            transaction));
        }
        return prepared;
    }

    /**
     * Finishes a dispatched transaction.
     *
     * @param post what the call reported
     * @return what call and extensions cost together
     */
    public PostDispatchInfo postDispatch(Externalities ext, List<Object> prepared, Transaction transaction,
            PostDispatchInfo post, Result<Unit, DispatchError> outcome) throws ValidityException {
        Weight call = post.actualWeight().orElse(transaction.info().callWeight());
        PostDispatchInfo current = new PostDispatchInfo(Optional.of(call.plus(transaction.info().extensionWeight())),
                post.paysFee());
        for (int i = 0; i < extensions.size(); i++) {
            Weight unspent = extensions.get(i).postDispatch(ext, prepared.get(i), transaction, current, outcome);
            current = new PostDispatchInfo(current.actualWeight().map(weight -> weight.minus(unspent)),
                    current.paysFee());
        }
        return current;
    }

    public ValidTransaction bareValidate(Externalities ext, Transaction transaction) throws ValidityException {
        ValidTransaction validity = ValidTransaction.DEFAULT;
        for (var extension : extensions) {
            validity = validity.combinedWith(extension.bareValidate(ext, transaction));
        }
        return validity;
    }

    public void bareValidateAndPrepare(Externalities ext, Transaction transaction) throws ValidityException {
        for (var extension : extensions) {
            extension.bareValidateAndPrepare(ext, transaction);
        }
    }

    public void barePostDispatch(Externalities ext, Transaction transaction, PostDispatchInfo post,
            Result<Unit, DispatchError> outcome) throws ValidityException {
        for (var extension : extensions) {
            extension.barePostDispatch(ext, transaction, post, outcome);
        }
    }
}
