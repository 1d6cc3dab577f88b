package uz.koprik.indicators.observable.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledValuesTest {

    private static final String HASH = "0123456789abcdef0123456789abcdef";

    private static String values(String text) {
        return Recognition.PLAIN.recognise(text).stream()
                .map(value -> value.observable().key())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "JA3: HASH and more | ja3:HASH",
                "ja3=HASH; ja3s=HASH | ja3:HASH ja3s:HASH",
                "JA3 fingerprint HASH | ja3:HASH",
                "(JA3S hash: HASH) | ja3s:HASH",
                "HASSH HASH | hassh:HASH",
                "hasshServer: HASH | hassh:HASH",
                "the hash HASH | md5:HASH",
                "JARM HASH0123456789abcdef0123456789abcd | jarm:HASH0123456789abcdef0123456789abcd",
                "t13d1516h2_0123456789ab_ba9876543210 in the log | ja4:t13d1516h2_0123456789ab_ba9876543210",
                "IMEI: 490154203237518, then 192.0.2.5 | imei:490154203237518 ipv4:192.0.2.5",
                "IMEI 49-015420-323751-8 was lost | imei:490154203237518",
                "IMEI1: 490154203237518 | imei:490154203237518",
                "IMEISV 4901542032375102 | imei:490154203237518",
                "IMEI 490154203237517 | ``",
                "number 490154203237518 | ``",
                "ASN 64496 and ASN: AS64497 and ASN 1.10 | asn:64496 asn:64497 asn:65546",
                "AS64496 and AS1.10 | asn:64496 asn:65546",
                "CVE-2024-12345, cve-2023-0001. | cve:CVE-2024-12345 cve:CVE-2023-0001",
                "CVE-2024-123 and CVE-1024-12345 | ``",
                "User-Agent: Lure/5.0 (compatible; x) | user-agent:Lure/5.0 (compatible; x)",
                "User-Agent: \"Lure/5.0 (x)\", from 192.0.2.5 | user-agent:Lure/5.0 (x) ipv4:192.0.2.5",
                "filename: lure.exe, from 192.0.2.5 | file-name:lure.exe ipv4:192.0.2.5",
                "File name: \"a lure.exe\" | file-name:a lure.exe",
                "BIC COBADEFFXXX, account no. 5320 1300 00 | bank-account:DE/COBADEFF/5320130000",
                "BIC: COBADEFF | ``",
                "a user agent is a text; the file name says little | ``",
            })
    void readsWhatTheWordBeforeSays(String text, String expected) {
        assertEquals(expected.replace("HASH", HASH), values(text.replace("HASH", HASH)));
    }

    @Test
    void saysWhereTheValueStands() {
        String text = "seen: JA3 = " + HASH + ".";
        RecognisedValue value = Recognition.PLAIN.recognise(text).getFirst();
        assertEquals(HASH, text.substring(value.start(), value.end()));
    }
}
