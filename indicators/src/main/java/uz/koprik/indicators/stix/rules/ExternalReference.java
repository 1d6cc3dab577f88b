package uz.koprik.indicators.stix.rules;

import uz.koprik.crypto.json.JsonObject;

/** External references (STIX 2.1, section 2.5), and how CVE and CAPEC are named in them (sections 4.1 and 4.19). */
final class ExternalReference {

    private static final String SECTION = "STIX 2.1, 2.5";

    static final PropertyType TYPE = Shape.of(SECTION)
            .all(PropertyTypes.STRING, "description", "external_id")
            .optional("url", PropertyTypes.url(SECTION))
            .rule(Rules.anyOf(SECTION, "description", "external_id", "url"))
            .required("source_name", PropertyTypes.STRING)
            .optional("hashes", Hashes::closed)
            .rule(ExternalReference::wellKnown)
            .rule(ExternalReference::hashed)
            .build();

    private ExternalReference() {}

    private static void wellKnown(JsonObject reference, ObjectCheck at) {
        String source = ObjectCheck.string(reference, "source_name");
        String id = ObjectCheck.string(reference, "external_id");
        boolean cve = id != null && isCve(id);
        if ("cve".equals(source) ? !cve : cve) {
            at.fault(
                    "a CVE is named by source_name cve and an external_id such as CVE-2016-1234",
                    "STIX 2.1, 4.19",
                    ForgivableRule.EXTERNAL_ID);
        }
        boolean capec = id != null && id.startsWith("CAPEC-") && isNumber(id, 6, id.length());
        if ("capec".equals(source) ? !capec : capec) {
            at.fault(
                    "a CAPEC is named by source_name capec and an external_id such as CAPEC-163",
                    "STIX 2.1, 4.1",
                    ForgivableRule.EXTERNAL_ID);
        }
    }

    private static void hashed(JsonObject reference, ObjectCheck at) {
        if (at.advising() && reference.has("url") && !reference.has("hashes")) {
            at.advise("hashes", "a reference with a url should have hashes of what is there", SECTION);
        }
    }

    /** CVE, a year, and four digits or more, the first of more than four not zero. */
    private static boolean isCve(String id) {
        return id.length() >= 13
                && id.startsWith("CVE-")
                && id.charAt(8) == '-'
                && isNumber(id, 4, 8)
                && isNumber(id, 9, id.length())
                && (id.length() == 13 || id.charAt(9) != '0');
    }

    private static boolean isNumber(String s, int from, int to) {
        for (int i = from; i < to; i++) {
            if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                return false;
            }
        }
        return to > from;
    }
}
