package io.vilokanam.primitives.dispatch;

import static io.vilokanam.scale.Struct.field;
import static io.vilokanam.scale.Struct.struct;

import io.vilokanam.scale.Codec;
import io.vilokanam.scale.Variants;

/** Why a call failed ({@code sp_runtime::DispatchError}). */
public sealed interface DispatchError {

    /** Some text that is not on the wire. */
    record Other() implements DispatchError {}

    record CannotLookup() implements DispatchError {}

    record BadOrigin() implements DispatchError {}

    record Module(ModuleError error) implements DispatchError {}

    record ConsumerRemaining() implements DispatchError {}

    record NoProviders() implements DispatchError {}

    record TooManyConsumers() implements DispatchError {}

    record Token(TokenError error) implements DispatchError {}

    record Arithmetic(ArithmeticError error) implements DispatchError {}

    record Transactional(TransactionalError error) implements DispatchError {}

    record Exhausted() implements DispatchError {}

    record Corruption() implements DispatchError {}

    record Unavailable() implements DispatchError {}

    record RootNotAllowed() implements DispatchError {}

    record Trie(TrieError error) implements DispatchError {}

    /** Why a proof could not be read ({@code sp_runtime::proving_trie::TrieError}). */
    enum TrieError {
        INVALID_STATE_ROOT, INCOMPLETE_DATABASE, VALUE_AT_INCOMPLETE_KEY, DECODER_ERROR, INVALID_HASH, DUPLICATE_KEY, EXTRANEOUS_NODE, EXTRANEOUS_VALUE, EXTRANEOUS_HASH_REFERENCE, INVALID_CHILD_REFERENCE, VALUE_MISMATCH, INCOMPLETE_PROOF, ROOT_MISMATCH, DECODE_ERROR;

        public static final Codec<TrieError> CODEC = Variants.ofEnum("sp_runtime::proving_trie::TrieError", values(),
                "InvalidStateRoot", "IncompleteDatabase", "ValueAtIncompleteKey", "DecoderError", "InvalidHash",
                "DuplicateKey", "ExtraneousNode", "ExtraneousValue", "ExtraneousHashReference", "InvalidChildReference",
                "ValueMismatch", "IncompleteProof", "RootMismatch", "DecodeError");
    }

    Codec<DispatchError> CODEC = Variants.of(DispatchError.class).with(0, "Other", Other.class, struct(Other::new))
            .with(1, "CannotLookup", CannotLookup.class, struct(CannotLookup::new))
            .with(2, "BadOrigin", BadOrigin.class, struct(BadOrigin::new))
            .with(3, "Module", Module.class,
                    struct(Module::new, field("", "ModuleError", ModuleError.CODEC, Module::error)))
            .with(4, "ConsumerRemaining", ConsumerRemaining.class, struct(ConsumerRemaining::new))
            .with(5, "NoProviders", NoProviders.class, struct(NoProviders::new))
            .with(6, "TooManyConsumers", TooManyConsumers.class, struct(TooManyConsumers::new))
            .with(7, "Token", Token.class, struct(Token::new, field("", "TokenError", TokenError.CODEC, Token::error)))
            .with(8, "Arithmetic", Arithmetic.class,
                    struct(Arithmetic::new, field("", "ArithmeticError", ArithmeticError.CODEC, Arithmetic::error)))
            .with(9, "Transactional", Transactional.class,
                    struct(Transactional::new,
                            field("", "TransactionalError", TransactionalError.CODEC, Transactional::error)))
            .with(10, "Exhausted", Exhausted.class, struct(Exhausted::new))
            .with(11, "Corruption", Corruption.class, struct(Corruption::new))
            .with(12, "Unavailable", Unavailable.class, struct(Unavailable::new))
            .with(13, "RootNotAllowed", RootNotAllowed.class, struct(RootNotAllowed::new))
            .with(14, "Trie", Trie.class, struct(Trie::new, field("", "TrieError", TrieError.CODEC, Trie::error)))
            .complete()
            .named("sp_runtime::DispatchError");
}
