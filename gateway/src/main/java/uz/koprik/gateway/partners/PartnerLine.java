package uz.koprik.gateway.partners;

import java.util.Optional;

/** The authenticated connection to partner centres, for what does not travel by TAXII. */
@FunctionalInterface
public interface PartnerLine {

    /**
     * Posts JSON to a partner centre.
     *
     * @param path of the address of the partner
     * @return the JSON of its answer; empty when the partner has no such path, as earlier versions
     * @throws PartnerFailure when there is no answer, or a refusal
     */
    Optional<byte[]> post(String partner, String path, byte[] body) throws PartnerFailure;
}
