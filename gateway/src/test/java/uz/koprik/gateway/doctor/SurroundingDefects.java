package uz.koprik.gateway.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Defects of the machine, the network, partners and receivers. */
final class SurroundingDefects {

    private static final String ID = "6f0e4f0e-5b57-4c3e-9a53-2f4b8f1f0a11";

    static final List<Defect> ALL = List.of(
            Defect.error(
                    "the disk is nearly full",
                    "disk",
                    "100 MiB are free",
                    "make room on that disk",
                    patient -> patient.machine(machine -> machine.withFree(100L << 20))),
            Defect.warning(
                    "the heap does not fit into the memory",
                    "memory",
                    "the heap may take 16384 MiB of 16384 MiB",
                    "set -Xmx to at most",
                    patient -> patient.machine(machine -> machine.withHeap(16L << 30))),
            Defect.warning(
                    "too few open files are allowed",
                    "open files",
                    "may open 1024 files",
                    "LimitNOFILE",
                    patient -> patient.machine(machine -> machine.withOpenFiles(1024))),
            Defect.error(
                    "the clock went back",
                    "clock",
                    "was written at",
                    "set the clock right",
                    patient -> patient.clockAhead(Duration.ofHours(-2))),
            Defect.warning(
                    "the clock is a year ahead",
                    "clock",
                    "more than 366 days after the store was last written",
                    "--accept-clock",
                    patient -> patient.clockAhead(Duration.ofDays(380))),
            Defect.warning(
                    "the clock differs from that of a partner",
                    "clock",
                    "the clock of seoul is",
                    "set the clock right",
                    patient -> patient.clockAhead(Duration.ofMinutes(3))),
            Defect.warning(
                    "a partner cannot be reached",
                    "partner seoul",
                    "nobody listens at 127.0.0.1:",
                    "its gateway is not running",
                    patient -> patient.partnerAt("https://127.0.0.1:9/taxii2/koprik/")),
            Defect.warning(
                    "no agreement with a partner is signed",
                    "agreement with seoul",
                    "is not signed; the interim terms of partners.yaml hold",
                    "koprik agreement propose seoul --from-settings",
                    Patient::withoutAgreements),
            Defect.error(
                    "a partner shows another TLS key",
                    "partner seoul",
                    "but the trust list has for seoul the pin",
                    "ask for its new centre card",
                    Patient::partnerWithOtherTlsKey),
            Defect.warning(
                    "a partner does not know the own TLS key",
                    "partner seoul",
                    "with 401",
                    "send its operators our current centre card",
                    patient -> patient.replaceKeys(
                            patient.keys().withTls("tashkent", List.of("localhost"), Instant.now()))),
            Defect.warning(
                    "the exchange with a partner fails",
                    "push to seoul",
                    "fails since 2026-01-01T00:00:00Z: it is busy",
                    "koprik partner status",
                    patient -> patient.write(
                            "state/partners/seoul.json",
                            "{\"pulled\":{},\"pushed_seq\":0,\"pushed_audience\":\"0\",\"in\":" + direction("")
                                    + ",\"out\":" + direction("it is busy") + "}")),
            Defect.warning(
                    "a feed of others fails",
                    "feed list",
                    "is not read since 2026-01-01T00:00:00Z: no such host",
                    "koprik feed run list",
                    patient -> feed(patient, false)),
            Defect.warning(
                    "a feed of others waits for a person",
                    "feed list",
                    "is not read since",
                    "koprik feed accept list",
                    patient -> feed(patient, true)),
            Defect.warning(
                    "a webhook fails",
                    "webhooks",
                    "the webhook of anna at hook.example.org failed 7 times",
                    "mend the receiver",
                    SurroundingDefects::webhook),
            Defect.error(
                    "the port is taken",
                    "listen",
                    "nothing can listen on 127.0.0.1:",
                    "end the other program there",
                    patient -> patient.setting("port", Integer.toString(patient.takenPort()))),
            Defect.error(
                    "the port of health checks is taken",
                    "health.listen",
                    "nothing can listen on 127.0.0.1:",
                    "set another address in health.listen",
                    patient -> patient.config("listen: \"\"", "listen: \"127.0.0.1:" + patient.takenPort() + "\"")),
            Defect.error(
                    "the centre ended without a stop",
                    "centre",
                    "but it does not answer",
                    "look into its log",
                    patient -> patient.write("state/url", "https://tashkent.example.org:8443\n")),
            Defect.warning(
                    "the running centre is of another version",
                    "centre",
                    "runs version (not packaged), and version 9.9.9 is installed",
                    "start the centre again",
                    patient -> {
                        patient.centre().start();
                        patient.machine(machine -> machine.withVersion("9.9.9"));
                    }),
            Defect.error(
                    "the running centre does not answer health checks",
                    "health.listen",
                    "does not answer",
                    "start it again",
                    patient -> {
                        patient.centre().start();
                        patient.config("listen: \"\"", "listen: \"127.0.0.1:9\"");
                    }));

    private SurroundingDefects() {}

    private static String direction(String error) {
        return "{\"done\":0,\"unchanged\":0,\"refused\":0,\"reasons\":{},\"error\":\"" + error
                + "\",\"error_since\":\"2026-01-01T00:00:00Z\"}";
    }

    private static void feed(Patient patient, boolean waits) throws Exception {
        patient.config("sources: []", "sources: [{name: list, path: \"list.csv\", tlp: green, interval: 30d}]");
        patient.write(
                "state/sources/list/state.json",
                "{\"error\":\"no such host\",\"shrunk\":" + waits
                        + ",\"failures\":3,\"failing_since\":\"2026-01-01T00:00:00Z\"}");
    }

    private static void webhook(Patient patient) throws Exception {
        patient.write(
                "state/alerts/subscriptions.json",
                "{\"subscriptions\":[{\"id\":\"" + ID
                        + "\",\"account\":\"anna\",\"account_made\":\"2026-01-01T00:00:00Z\","
                        + "\"created\":\"2026-01-01T00:00:00Z\",\"webhook\":\"https://hook.example.org/in\","
                        + "\"immediate\":true,\"digest\":false}]}");
        patient.write(
                "state/alerts/served/" + ID + ".json",
                "{\"sent\":1,\"digested\":1,\"digest_date\":\"2026-01-01\",\"due\":[],\"dead\":[],"
                        + "\"trouble\":{\"failures\":7,\"reason\":\"503\",\"at\":\"2026-01-01T00:00:00Z\"}}");
    }
}
