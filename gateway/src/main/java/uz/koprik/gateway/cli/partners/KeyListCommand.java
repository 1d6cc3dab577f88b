package uz.koprik.gateway.cli.partners;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.OtherKey;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.crypto.trust.TrustedKey;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.partners.KeyNames;
import uz.koprik.gateway.partners.KeyStates;

/** Lists keys. */
@Command(
        name = "list",
        description = "Lists the signing keys of this centre and of its partners, and the TLS keys of this centre.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "2:the command line is wrong", "4:the home or its keys cannot be used"})
final class KeyListCommand extends KeyChangeCommand {

    private static final String KEY_FILE = "keys/centre.p12";

    /** A line. */
    private record Row(
            String name,
            String alg,
            String kid,
            Instant from,
            Instant until,
            String state,
            String since,
            String use,
            String place) {}

    @Override
    void change(Opened opened) throws java.io.IOException, TrustListRejected {
        TrustList list = opened.list();
        CentreKeys keys = opened.changes().keys();
        List<Row> rows = new ArrayList<>();
        for (KeyNames.NamedKey named : KeyNames.all(list)) {
            boolean own = named.centre().name().equals(list.owner()) && !named.removed();
            Optional<OtherKey> other = own
                    ? keys.otherSigning().stream()
                            .filter(key -> key.kid().equals(named.key().kid()))
                            .findFirst()
                    : Optional.empty();
            TrustedKey key = named.key();
            KeyStates.State state = KeyStates.of(named, keys, own, opened.now());
            rows.add(new Row(
                    named.name(),
                    key.alg(),
                    key.kid(),
                    key.validFrom(),
                    key.validUntil(),
                    state.word(),
                    key.compromisedSince()
                            .map(since -> "since " + since)
                            .or(() -> other.map(one -> detail(opened, one)))
                            .orElse(""),
                    use(own, state),
                    own ? place(keys, key.kid()) : ""));
        }
        rows.add(tls(keys, list.owner()));
        for (OtherKey other : keys.otherTls()) {
            rows.add(new Row(
                    list.owner() + "/tls",
                    "ES256",
                    other.pin(),
                    other.publicKey().validFrom(),
                    other.publicKey().validUntil(),
                    other.kind() == OtherKey.Kind.NEXT ? "announced" : "former",
                    detail(opened, other),
                    "TLS",
                    KEY_FILE));
        }
        if (GlobalOptions.of(spec).json()) {
            out().json(CanonicalJson.text(
                    new JsonArray(rows.stream().<Json>map(KeyListCommand::json).toList())));
        } else {
            rows.forEach(this::print);
        }
    }

    private static Row tls(CentreKeys keys, String owner) {
        return new Row(
                owner + "/tls",
                "ES256",
                keys.tlsPin(),
                keys.tlsCertificate().getNotBefore().toInstant(),
                keys.tlsCertificate().getNotAfter().toInstant(),
                "current",
                "",
                "TLS",
                KEY_FILE);
    }

    /** Where the private half of a signing key of this centre is; empty when this centre has it no more. */
    private static String place(CentreKeys keys, String kid) {
        return keys.allSigning().stream()
                .filter(key -> key.publicKey().kid().equals(kid))
                .findFirst()
                .map(key -> key.hardware().orElse(KEY_FILE))
                .orElse("");
    }

    private static String detail(Opened opened, OtherKey other) {
        return other.kind() == OtherKey.Kind.NEXT
                ? "since " + other.since() + ", usable from " + opened.changes().usableFrom(other)
                : "replaced at " + other.since() + ", on the card until "
                        + opened.changes().listedUntil(other);
    }

    private static String use(boolean own, KeyStates.State state) {
        return switch (state) {
            case CURRENT -> own ? "objects, alerts, card, trust list" : "objects, card";
            case ANNOUNCED, FORMER -> "card";
            case RETIRED, ENDED, COMPROMISED -> "nothing";
        };
    }

    private static JsonObject json(Row row) {
        JsonObject.Builder json = JsonObject.builder()
                .put("key", row.name())
                .put("alg", row.alg())
                .put(row.use().equals("TLS") ? "pin" : "kid", row.kid())
                .put("valid_from", row.from().toString())
                .put("valid_until", row.until().toString())
                .put("state", row.state())
                .put("signs", row.use());
        if (!row.since().isEmpty()) {
            json.put("detail", row.since());
        }
        if (!row.place().isEmpty()) {
            json.put("private_key", row.place());
        }
        return json.build();
    }

    private void print(Row row) {
        out().println(row.name() + "  " + row.alg() + "  " + row.kid() + "  " + row.state()
                + (row.since().isEmpty() ? "" : " (" + row.since() + ")"));
        out().println("    valid from " + row.from() + " until " + row.until()
                + (row.use().equals("TLS") ? "; for TLS" : "; signs " + row.use())
                + (row.place().isEmpty() ? "" : "; in " + row.place()));
    }
}
