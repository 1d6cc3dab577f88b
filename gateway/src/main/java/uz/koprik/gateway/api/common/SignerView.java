package uz.koprik.gateway.api.common;

import java.util.List;
import uz.koprik.indicators.store.Provenance;

/**
 * One signature that held, as the API shows it.
 *
 * @param centre whose key it is
 * @param kid RFC 7638 thumbprint of the key
 * @param alg JOSE algorithm
 * @param signed when, as the signer says
 */
public record SignerView(String centre, String kid, String alg, String signed) {

    public static List<SignerView> of(Provenance provenance) {
        return provenance.signers().stream()
                .map(s -> new SignerView(s.centre(), s.kid(), s.alg(), Times.ofSeconds(s.issuedAt())))
                .toList();
    }
}
