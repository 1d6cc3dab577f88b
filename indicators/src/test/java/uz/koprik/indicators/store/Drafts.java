package uz.koprik.indicators.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;

/** Drafts for tests: an indicator of version 1 unless said otherwise. */
public record Drafts(
        String id,
        String type,
        String spec,
        long version,
        String body,
        Tlp tlp,
        boolean house,
        Optional<String> producer,
        String from,
        List<String> observables,
        List<String> refs,
        String text) {

    public static Drafts indicator(int number) {
        return indicator("indicator--00000000-0000-4000-8000-%012d".formatted(number));
    }

    public static Drafts indicator(String id) {
        return new Drafts(
                id,
                "indicator",
                "2.1",
                1,
                "",
                Tlp.GREEN,
                false,
                Optional.of("identity--00000000-0000-4000-8000-000000000001"),
                "",
                List.of(),
                List.of(),
                "");
    }

    public Drafts type(String to) {
        return new Drafts(id, to, spec, version, body, tlp, house, producer, from, observables, refs, text);
    }

    public Drafts spec(String to) {
        return new Drafts(id, type, to, version, body, tlp, house, producer, from, observables, refs, text);
    }

    public Drafts version(long to) {
        return new Drafts(id, type, spec, to, body, tlp, house, producer, from, observables, refs, text);
    }

    public Drafts body(String to) {
        return new Drafts(id, type, spec, version, to, tlp, house, producer, from, observables, refs, text);
    }

    public Drafts tlp(Tlp to) {
        return new Drafts(id, type, spec, version, body, to, house, producer, from, observables, refs, text);
    }

    public Drafts house(boolean to) {
        return new Drafts(id, type, spec, version, body, tlp, to, producer, from, observables, refs, text);
    }

    public Drafts producer(String to) {
        return new Drafts(
                id,
                type,
                spec,
                version,
                body,
                tlp,
                house,
                to.isEmpty() ? Optional.empty() : Optional.of(to),
                from,
                observables,
                refs,
                text);
    }

    public Drafts from(String to) {
        return new Drafts(id, type, spec, version, body, tlp, house, producer, to, observables, refs, text);
    }

    public Drafts carries(String... keys) {
        return new Drafts(id, type, spec, version, body, tlp, house, producer, from, List.of(keys), refs, text);
    }

    public Drafts refersTo(String... ids) {
        return new Drafts(id, type, spec, version, body, tlp, house, producer, from, observables, List.of(ids), text);
    }

    public Drafts text(String to) {
        return new Drafts(id, type, spec, version, body, tlp, house, producer, from, observables, refs, to);
    }

    public Draft draft() {
        return draft(new ReleaseTerms(tlp, false, false, house));
    }

    /** With other terms than marking and house say. */
    public Draft draft(ReleaseTerms terms) {
        return draft(
                terms,
                new Provenance(
                        Provenance.Origin.SIGNED,
                        List.of(new Provenance.Signer("budapest", "kid-of-budapest", "Ed25519", 1_700_000_000L))));
    }

    /** With other signatures than that of budapest. */
    public Draft draft(Provenance provenance) {
        return draft(new ReleaseTerms(tlp, false, false, house), provenance);
    }

    private Draft draft(ReleaseTerms terms, Provenance provenance) {
        String json =
                "{\"type\":\"" + type + "\",\"id\":\"" + id + "\",\"modified\":" + version + ",\"x\":\"" + body + "\"}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        EntryMetadata facts = new EntryMetadata(
                id,
                type,
                spec,
                version,
                1,
                producer,
                from,
                "analyst",
                digest(bytes),
                provenance,
                terms,
                false,
                observables,
                refs,
                text);
        return new Draft(facts, bytes);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String object(Entry entry) {
        ByteBuffer bytes = entry.object();
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
