package uz.koprik.gateway.doctor;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Defects of keys, the certificate, the card and the trust list. */
final class TrustDefects {

    static final List<Defect> ALL = List.of(
            Defect.error(
                    "the passphrase is wrong",
                    "keys",
                    "does not open",
                    "set the right passphrase",
                    patient -> patient.write("keys/passphrase", "another\n")),
            Defect.error(
                    "the own signing key is compromised",
                    "keys",
                    "is revoked as compromised since",
                    "make a new signing key",
                    patient -> {
                        String kid = patient.keys().publicKey().kid();
                        patient.trust(list -> list.withRevoked(kid, Instant.now(), Instant.now()));
                    }),
            Defect.warning(
                    "the PKCS#11 module is missing",
                    "token",
                    "there is no PKCS#11 module /nowhere/libtoken.so",
                    "or set module and token to",
                    patient -> {
                        patient.setting("module", "/nowhere/libtoken.so");
                        patient.setting("token", "signing");
                    }),
            Defect.error(
                    "the signing key is on a token that the settings do not name",
                    "token",
                    "is on a PKCS#11 token, and koprik.yaml names none",
                    "set signing.pkcs11.module",
                    Patient::signsByToken),
            Defect.warning(
                    "all keys of a partner are compromised",
                    "keys",
                    "all signing keys of seoul are compromised",
                    "koprik partner add",
                    patient -> patient.trust(list -> list.withRevoked(
                            list.centre("seoul").orElseThrow().keys().getFirst().kid(),
                            Instant.now().minusSeconds(60),
                            Instant.now()))),
            Defect.error(
                    "tls.pem is another certificate",
                    "certificate",
                    "is not the TLS certificate that the centre shows",
                    "from one backup",
                    patient -> Files.write(
                            patient.home().certificate(),
                            patient.keys()
                                    .withTls("tashkent", List.of("localhost"), Instant.now())
                                    .tlsCertificatePem())),
            Defect.warning(
                    "a host name is not in the certificate",
                    "certificate",
                    "tls.host_names has relay.example.org",
                    "run `koprik tls renew`",
                    patient -> patient.setting(
                            "host_names", "[tashkent.example.org, localhost, 127.0.0.1, relay.example.org]")),
            Defect.warning(
                    "the certificate ends soon",
                    "ends",
                    "the TLS certificate of tashkent ends in",
                    "make a new one by `koprik tls renew`",
                    patient -> patient.clockAhead(Duration.ofDays(2 * 365 - 20))),
            Defect.error(
                    "the trust list has expired",
                    "ends",
                    "the trust list of tashkent ended at",
                    "renews it by itself",
                    patient -> patient.clockAhead(Duration.ofDays(370))),
            Defect.warning(
                    "the card of a partner ends soon",
                    "ends",
                    "the card of seoul ends in",
                    "koprik partner card",
                    patient -> patient.clockAhead(Duration.ofDays(340))),
            Defect.warning(
                    "an agreement has ended",
                    "ends",
                    "the agreement with seoul ended at",
                    "correct valid_until in partners.yaml",
                    patient -> {
                        patient.withoutAgreements();
                        patient.write(
                                "partners.yaml",
                                """
                                partners:
                                  seoul:
                                    pull: true
                                    agreement:
                                      valid_until: "2025-01-01T00:00:00Z"
                                """);
                    }),
            Defect.error(
                    "an older trust list was put back",
                    "trust list",
                    "somebody put an old list back",
                    "from the newest backup",
                    patient -> patient.write("trust.json.sequence", "99\n")),
            Defect.warning(
                    "public_url names this machine",
                    "card",
                    "which only this machine reaches",
                    "set public_url in koprik.yaml",
                    patient -> patient.setting("public_url", "\"https://localhost:8443\"")),
            Defect.warning(
                    "listen.host is 0.0.0.0 without public_url",
                    "card",
                    "the card names no address",
                    "set public_url in koprik.yaml",
                    patient -> {
                        patient.setting("public_url", "\"\"");
                        patient.setting("host", "0.0.0.0");
                        patient.setting("host_names", "[localhost, 127.0.0.1]");
                    }),
            Defect.warning(
                    "public_url is not in the certificate",
                    "card",
                    "the card names the host other.example.org",
                    "correct public_url",
                    patient -> patient.setting("public_url", "\"https://other.example.org\"")),
            Defect.warning(
                    "the card is older than the settings",
                    "card",
                    "does not say what koprik.yaml",
                    "koprik partner card",
                    patient -> patient.setting("title", "\"Another title\"")));

    private TrustDefects() {}
}
