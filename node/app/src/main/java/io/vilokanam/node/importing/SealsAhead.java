package io.vilokanam.node.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vilokanam.consensus.SignatureCheck;
import io.vilokanam.consensus.aura.AuraVerifier;
import io.vilokanam.crypto.keys.Scheme;
import io.vilokanam.host.call.SignatureBatches;
import io.vilokanam.host.call.SignatureClaim;
import io.vilokanam.host.call.SignatureVerdicts;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.primitives.header.Header;
import io.vilokanam.scale.Bytes;

/**
 * Verifies the seals of blocks that wait for import together, on other threads, while those before them are executed. Who their
 * authors are is a guess until then: where the authorities change in between, the importer asks for another claim, which is
 * verified when it asks. Safe for several threads.
 */
public final class SealsAhead implements SignatureCheck {

    /** So many claims are kept until somebody asks for them; then the oldest are forgotten. */
    static final int CLAIMS_MAX = 1024;

    private final SignatureBatches signatures;
    private final Map<SignatureClaim, SignatureVerdicts> begun = new LinkedHashMap<>();

    public SealsAhead(SignatureBatches signatures) {
        this.signatures = signatures;
    }

    /** Begins to verify what these headers claim if the authorities are these. */
    void expect(List<Header> headers, List<PublicKey> authorities) {
        List<SignatureClaim> claims = new ArrayList<>();
        for (Header header : headers) {
            AuraVerifier.claim(header, authorities).map(claim -> claim(claim.author(),
                    claim.message().bytes(), claim.signature())).ifPresent(claims::add);
        }
        if (claims.isEmpty()) {
            return;
        }
        SignatureVerdicts verdicts = signatures.begin(claims);
        synchronized (begun) {
            claims.forEach(claim -> begun.put(claim, verdicts));
            var oldest = begun.keySet().iterator();
            while (begun.size() > CLAIMS_MAX) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    @Override
    public boolean verify(PublicKey signer, byte[] message, Bytes signature) {
        SignatureClaim claim = claim(signer, Bytes.wrap(message), signature);
        Optional<SignatureVerdicts> verdicts;
        synchronized (begun) {
            verdicts = Optional.ofNullable(begun.remove(claim));
        }
        return verdicts.flatMap(known -> known.find(claim)).orElseGet(claim::holds);
    }

    private static SignatureClaim claim(PublicKey signer, Bytes message, Bytes signature) {
        return new SignatureClaim(Scheme.SR25519, signature, message, signer.bytes());
    }
}
