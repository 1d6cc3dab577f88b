package uz.koprik.indicators.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import uz.koprik.indicators.documents.SampleDocuments;
import uz.koprik.indicators.stix.Samples;

/** What each target begins with, and words it should know. */
final class Seeds {

    private static final List<String> PATTERNS = List.of(
            "[file:hashes.'SHA-256' = 'aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f' AND file:size >= 1280]",
            "[a:b NOT IN (1, -2.5, +3)] FOLLOWEDBY ([a:l[*].k LIKE 'x_%' OR EXISTS a:l[-1]] WITHIN 1.5 SECONDS)",
            "([a:x_ref.b MATCHES '^(a|b)+[^c]{2,3}$'] REPEATS 2 TIMES) START t'2026-01-01T00:00:00Z' STOP t'2026-02-01T00:00:00.5Z'",
            "[ipv4-addr:value ISSUBSET '192.0.2.0/24'] OR [ipv6-addr:value ISSUPERSET '2001:db8::1'] AND [a:d_hex = h'ffd8']",
            "[(a:b != b'dGVzdA==' OR a:t < t'2026-01-01T00:00:00Z') AND a:f <> true] /* why */ // because");

    private static final List<String> TEXTS = List.of(
            "hxxps[:]//evil[.]example/a,b?x=(1), http://u](http://u) •h[tt]p://198.51.100.7:80/x|192.0.2.1:443",
            "tel. +43 1 234567 Wien; IBAN/DE89 3704 0044 0532 0130 00 card 4111 1111 1111 1111 998901234567",
            "user AT example DOT com, o'brien[at]example[dot]com HKLM\\Software\\A HKCU\\B aHR0cDovL2V2aWwuZXhhbXBsZS8=",
            "11:04:10 v1.2.3.4 [2001:db8::1]:53 fe80::1%eth0 192.0.2.1-192.0.2.10 t.me/name run.sh 请访问http://a.example/x下载");

    private static final String OBSERVED =
            """
            {"type":"bundle","objects":[{"type":"observed-data","id":"observed-data--1","first_observed":"2026-01-01T00:00:00Z",\
            "last_observed":"2026-01-01T00:00:02Z","number_observed":3,"object_refs":["a--1","a--2"]},{"type":"a","id":"a--1","b":1,\
            "l":[{"k":"xy"},"z"],"x_ref":"a--2","d_hex":"ffd8","t":"2026-01-01T00:00:00Z","f":false},{"type":"a","id":"a--2","b":"ab"}]}""";

    static final String WORDS =
            """
            "FOLLOWEDBY"
            "REPEATS"
            "TIMES"
            "WITHIN"
            "SECONDS"
            "START t'"
            "STOP t'"
            "ISSUBSET"
            "MATCHES"
            "NOT IN ("
            "EXISTS"
            "[*]"
            "_ref."
            "_hex"
            "\\"type\\":\\""
            "\\"number_observed\\":"
            "{1000}"
            "\\\\u0300"
            """;

    private Seeds() {}

    static List<byte[]> of(Class<?> target) {
        if (target == PatternTarget.class) {
            return bytes(PATTERNS);
        }
        if (target == MatchTarget.class) {
            return bytes(PATTERNS.stream().map(p -> p + "\n" + OBSERVED).toList());
        }
        if (target == DocumentTarget.class) {
            return SampleDocuments.all();
        }
        if (target == TextTarget.class) {
            return bytes(TEXTS);
        }
        if (target == TableTarget.class) {
            return TableSeeds.all();
        }
        return target == StixTarget.class
                ? bytes(objects())
                : bytes(List.of(OBSERVED, "[1e-7,0.1,-12345.678e+9,null,\"\\u00e9\\ud83d\\ude00\\n\",{\"\":{}}]"));
    }

    private static List<String> objects() {
        return List.of(
                Samples.INDICATOR,
                Samples.report("").replace('\'', '"'),
                "{\"type\":\"domain-name\","
                        + "\"id\":\"domain-name--ecb120bf-2694-4902-a737-62b74539a41b\",\"value\":\"x.example.com\"}");
    }

    private static List<byte[]> bytes(List<String> texts) {
        return texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
    }
}
