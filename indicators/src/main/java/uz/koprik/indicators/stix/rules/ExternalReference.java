package uz.koprik.indicators.stix.rules;

import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;

/** External references (STIX 2.1, section 2.5), and how CVE and CAPEC are named in them (sections 4.1 and 4.19). */
final class ExternalReference {

    private static final String SECTION = "STIX 2.1, 2.5";

    private ExternalReference() {}

    static void check(Json value, Check at) {
        PropertyTypes.object(SECTION, "source_name", PropertyTypes.STRING).check(value, at);
        if (value instanceof JsonObject reference) {
            at.member(reference, "description", PropertyTypes.STRING);
            at.member(reference, "url", PropertyTypes.STRING);
            at.member(reference, "external_id", PropertyTypes.STRING);
            at.member(reference, "hashes", PropertyTypes.HASHES);
            wellKnown(reference, at);
        }
    }

    private static void wellKnown(JsonObject reference, Check at) {
        String source = Check.string(reference, "source_name");
        String id = Check.string(reference, "external_id");
        boolean cve = id != null && isCve(id);
        if ("cve".equals(source) ? !cve : cve) {
            at.fault("a CVE is named by source_name cve and an external_id such as CVE-2016-1234", "STIX 2.1, 4.19");
        }
        boolean capec = id != null && id.startsWith("CAPEC-") && isNumber(id, 6);
        if ("capec".equals(source) ? !capec : capec) {
            at.fault("a CAPEC is named by source_name capec and an external_id such as CAPEC-163", "STIX 2.1, 4.1");
        }
    }

    /** CVE, a year, and four digits or more. */
    private static boolean isCve(String id) {
        return id.length() >= 13 && id.startsWith("CVE-") && id.charAt(8) == '-' && isNumber(id.substring(4, 8), 0)
                && isNumber(id, 9);
    }

    private static boolean isNumber(String s, int from) {
        for (int i = from; i < s.length(); i++) {
            if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                return false;
            }
        }
        return s.length() > from;
    }
}
