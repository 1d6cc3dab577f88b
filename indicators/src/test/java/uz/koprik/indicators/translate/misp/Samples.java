package uz.koprik.indicators.translate.misp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uz.koprik.indicators.observable.CardTokeniser;
import uz.koprik.indicators.observable.Normalisation;

/** A value or two of every attribute type; reserved addresses, unassigned accounts. */
final class Samples {

    static final Normalisation CENTRE = Normalisation.withCards(
            CardTokeniser.keyed(new javax.crypto.spec.SecretKeySpec(new byte[32], "HmacSHA256")));

    static final String CARD = "4000000000000002";

    private static final Map<String, List<String>> HASHES = Map.ofEntries(
            Map.entry("md5", List.of("d41d8cd98f00b204e9800998ecf8427e")),
            Map.entry("sha1", List.of("da39a3ee5e6b4b0d3255bfef95601890afd80709")),
            Map.entry("sha256", List.of("ab".repeat(32))),
            Map.entry("sha512", List.of("0f".repeat(64))),
            Map.entry("sha3-256", List.of("cd".repeat(32))),
            Map.entry("sha3-512", List.of("1e".repeat(64))),
            Map.entry("ssdeep", List.of("3:AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C")),
            Map.entry("tlsh", List.of("T1" + "A0".repeat(35))),
            Map.entry("sha224", List.of("ab".repeat(28))),
            Map.entry("sha384", List.of("ab".repeat(48))),
            Map.entry("sha3-224", List.of("ac".repeat(28))),
            Map.entry("sha3-384", List.of("ac".repeat(48))),
            Map.entry("sha512/224", List.of("ad".repeat(28))),
            Map.entry("sha512/256", List.of("ad".repeat(32))),
            Map.entry("authentihash", List.of("ae".repeat(32))),
            Map.entry("vhash", List.of("014036561d15z")),
            Map.entry("impfuzzy", List.of("24:AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C")),
            Map.entry("pehash", List.of("ad".repeat(20))),
            Map.entry("imphash", List.of("af".repeat(16))));

    /** By attribute type. */
    static final Map<String, List<String>> VALUES = values();

    private Samples() {}

    private static Map<String, List<String>> values() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        List<String> addresses = List.of("192.0.2.7", "198.51.100.0/24", "2001:db8::7");
        all.put("ip-dst", addresses);
        all.put("ip-src", addresses);
        all.put("ip-dst|port", List.of("192.0.2.7|443", "2001:db8::7|8443"));
        all.put("ip-src|port", List.of("192.0.2.7|53"));
        all.put("port", List.of("4444"));
        all.put("domain", List.of("login.example.com"));
        all.put("hostname", List.of("c2.example.net"));
        all.put("onion-address", List.of("expyuzz4wqqyqhjn.onion"));
        all.put("hostname|port", List.of("c2.example.net|8080"));
        all.put("domain|ip", List.of("login.example.com|192.0.2.9", "login.example.com|2001:db8::9"));
        all.put(
                "url",
                List.of(
                        "http://login.example.com/verify?a='b'&c=\\d",
                        "https://example.org/",
                        "login.example.com/gate.php",
                        "192.0.2.7:8080/a?b=c"));
        all.put("uri", List.of("/gate.php?id=1"));
        all.put("http-method", List.of("POST"));
        all.put("user-agent", List.of("Mozilla/4.0 (compatible; 'x')"));
        all.put("ja3-fingerprint-md5", List.of("0123456789abcdef".repeat(2)));
        all.put("hassh-md5", List.of("123456789abcdef0".repeat(2)));
        all.put("hasshserver-md5", List.of("23456789abcdef01".repeat(2)));
        all.put("jarm-fingerprint", List.of("0123456789abcdef".repeat(3) + "0123456789abcd"));
        all.put("AS", List.of("64500"));
        all.put("mac-address", List.of("00:00:5e:00:53:01"));
        for (String email :
                List.of("email", "email-src", "email-dst", "target-email", "whois-registrant-email", "dns-soa-email")) {
            all.put(email, List.of("clerk@example.com"));
        }
        all.put("email-subject", List.of("Invoice | March", "O'Neil"));
        all.put("email-body", List.of("Dear\ncustomer"));
        all.put("email-message-id", List.of("<1@example.com>"));
        all.put("email-reply-to", List.of("mule@example.org"));
        all.put("email-x-mailer", List.of("Mailer 1.0"));
        all.putAll(HASHES);
        HASHES.forEach((name, values) -> all.put("filename|" + name, List.of("in|voice.exe|" + values.getFirst())));
        all.put("telfhash", List.of("t1".repeat(35)));
        all.put("cdhash", List.of("ad".repeat(20)));
        all.put("malware-sample", List.of("invoice.exe|d41d8cd98f00b204e9800998ecf8427e"));
        all.put("attachment", List.of("letter.pdf"));
        all.put("filename", List.of("invoice.exe", "it's.exe"));
        all.put("mime-type", List.of("application/x-dosexec"));
        all.put("size-in-bytes", List.of("77312"));
        all.put("regkey", List.of("HKEY_LOCAL_MACHINE\\Software\\Example\\Run"));
        all.put("regkey|value", List.of("HKEY_LOCAL_MACHINE\\Software\\Example\\Run|C:\\a.exe | b"));
        all.put("mutex", List.of("Global\\Example"));
        all.put("windows-service-name", List.of("examplesvc"));
        all.put("windows-service-displayname", List.of("Example Service"));
        all.put("x509-fingerprint-sha1", HASHES.get("sha1"));
        all.put("x509-fingerprint-md5", HASHES.get("md5"));
        all.put("x509-fingerprint-sha256", HASHES.get("sha256"));
        all.put("iban", List.of("HU94999000096610656129846770"));
        all.put("bic", List.of("EXAMHUHB"));
        all.put("bank-account-nr", List.of("20208000900112233445"));
        all.put("cc-number", List.of(CARD));
        all.put("phone-number", List.of("+447700900417"));
        all.put("prtn", List.of("+447700900418"));
        all.put("whois-registrant-phone", List.of("+447700900419"));
        all.put("btc", List.of("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"));
        all.put(
                "xmr",
                List.of(
                        "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A"));
        all.put("dash", List.of("XdAUmwtig27HBG6WfYyHAzP8n6XC9jESEw"));
        all.put("twitter-id", List.of("example_mule"));
        all.put("jabber-id", List.of("mule@example.org"));
        all.put("github-username", List.of("example-mule"));
        all.put("vulnerability", List.of("CVE-2026-12345"));
        all.put("campaign-name", List.of("Autumn lures"));
        all.put("threat-actor", List.of("Example Group"));
        all.put("yara", List.of("rule x { strings: $a = \"b\" condition: $a }"));
        all.put("sigma", List.of("title: x\ndetection:\n  condition: y"));
        all.put("snort", List.of("alert tcp any any -> any 80 (msg:\"x\"; sid:1;)"));
        all.put("suricata", List.of("alert dns any any -> any any (msg:\"x\"; sid:2;)"));
        all.put("pdb", List.of("C:\\Users\\x\\Release\\loader.pdb"));
        all.put("text", List.of("seen in a letter"));
        all.put("comment", List.of("see the letter"));
        all.put("link", List.of("https://example.org/report"));
        all.put("other", List.of("anything"));
        return all;
    }
}
