package uz.koprik.indicators.stix;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.jws.KeySigner;
import uz.koprik.crypto.jws.Signer;

/** Objects that several tests need. */
public final class Samples {

    public static final Instant NOW = Instant.parse("2026-11-22T08:30:00.123456Z");
    public static final String TASHKENT = "identity--0d3ba3f6-2f8e-4ef9-8b0f-0a1c0a6b7c01";
    public static final Signer SIGNER =
            new KeySigner(SignatureAlgorithms.ALL.getFirst().generate(new SecureRandom()));

    public static final String INDICATOR =
            """
            {"type":"indicator","spec_version":"2.1","id":"indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
            "created_by_ref":"identity--f431f809-377b-45e0-aa1c-6a4751cae5ff",
            "created":"2016-04-06T20:03:48.000Z","modified":"2016-04-06T20:03:48.000Z",
            "name":"Example","indicator_types":["malicious-activity"],
            "pattern":"[domain-name:value = 'example.com']","pattern_type":"stix",
            "valid_from":"2016-01-01T00:00:00Z"}
            """;

    private Samples() {}

    /** An object out of JSON with apostrophes for quotes. */
    public static StixObject read(String json) {
        try {
            return StixReader.read(bytes(json));
        } catch (InvalidObject e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Any JSON object, with apostrophes for quotes; no rule is applied to it. */
    public static JsonObject json(String json) {
        try {
            return StixReader.parse(bytes(json));
        } catch (InvalidObject e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** UTF-8 of JSON with apostrophes for quotes. */
    public static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** {@link #INDICATOR} as valid bytes, with one text replaced. */
    public static byte[] indicator(String from, String to) {
        String changed = INDICATOR.replace(from, to);
        if (changed.equals(INDICATOR) && !from.equals(to)) {
            throw new AssertionError("the sample has no " + from);
        }
        return changed.getBytes(StandardCharsets.UTF_8);
    }

    /** A small report that refers to several objects. */
    public static String report(String more) {
        return "{'type':'report','spec_version':'2.1','id':'report--84e4d88f-44ea-4bcd-bbf3-b2c1c320bcb3',"
                + "'created':'2020-01-01T00:00:00.000Z','modified':'2020-01-02T00:00:00.000Z','name':'x',"
                + "'published':'2020-01-01T00:00:00Z','object_refs':['indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f',"
                + "'malware--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061']" + more + "}";
    }
}
