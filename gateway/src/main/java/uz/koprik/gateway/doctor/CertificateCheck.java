package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.partners.Endpoints;
import uz.koprik.gateway.renewal.CardFindings;

/** The TLS certificate fits its key, the file {@code tls.pem} and the names in the settings. */
final class CertificateCheck implements DoctorCheck {

    private static final byte[] PROBE = "koprik doctor".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String what() {
        return "certificate";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException, StartFailure {
        CentreKeys keys = examined.keys();
        X509Certificate certificate = keys.tlsCertificate();
        List<Finding> found = new ArrayList<>();
        if (!fits(keys, certificate)) {
            found.add(Finding.error(
                    what(),
                    "the TLS certificate in " + examined.home().keyFile()
                            + " is made for another key than the one there",
                    "restore the key file from a backup"));
        }
        Path pem = examined.home().certificate();
        if (Files.exists(pem) && !Arrays.equals(Files.readAllBytes(pem), keys.tlsCertificatePem())) {
            found.add(Finding.error(
                    what(),
                    pem + " is not the TLS certificate that the centre shows, so clients that trust the file refuse it",
                    "restore " + pem + " and " + examined.home().keyFile() + " from one backup"));
        }
        List<String> names = CardFindings.names(certificate);
        List<String> missing = examined.config().tls().hostNames().stream()
                .filter(host -> names.stream().noneMatch(name -> Endpoints.covers(name, host)))
                .toList();
        if (!missing.isEmpty()) {
            found.add(Finding.warning(
                    what(),
                    "tls.host_names has " + String.join(", ", missing) + ", for which the TLS certificate is not made",
                    "run `koprik tls renew` and start the centre again, or remove the name from koprik.yaml"));
        }
        if (examined.now().isBefore(certificate.getNotBefore().toInstant())) {
            found.add(Finding.error(
                    what(),
                    "the TLS certificate is valid from "
                            + certificate.getNotBefore().toInstant() + " only",
                    "set the clock right"));
        }
        if (found.isEmpty()) {
            found.add(Finding.ok(
                    what(),
                    "made for " + String.join(", ", names) + ", valid until "
                            + certificate.getNotAfter().toInstant()));
        }
        return found;
    }

    /** Whether a signature by the private key is one of the certificate. */
    private static boolean fits(CentreKeys keys, X509Certificate certificate) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(keys.tlsKeyManager().privateKey());
            signer.update(PROBE);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(PROBE);
            return verifier.verify(signature);
        } catch (GeneralSecurityException other) {
            return false;
        }
    }
}
