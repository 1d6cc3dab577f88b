package uz.koprik.gateway.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, false",
        "10.1.2.3, false",
        "172.16.0.1, false",
        "172.32.0.1, true",
        "192.168.1.1, false",
        "169.254.169.254, false",
        "100.64.0.1, false",
        "100.128.0.1, true",
        "0.0.0.0, false",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "198.18.0.1, false",
        "192.0.0.8, false",
        "9.9.9.9, true",
        "::1, false",
        "::, false",
        "fe80::1, false",
        "fd00::1, false",
        "fec0::1, false",
        "ff02::1, false",
        "::ffff:10.0.0.1, false",
        "64:ff9b::a00:1, false",
        "64:ff9b::909:909, true",
        "2002:a00:1::, false",
        "2002:909:909::, true",
        "2620:fe::fe, true"
    })
    void knowsWhatIsPublic(String address, boolean isPublic) throws Exception {
        assertEquals(isPublic, PublicAddress.isPublic(InetAddress.getByName(address)));
    }

    @Test
    void refusesAPrivateAddressUnlessTheSettingsAllowIt() throws Exception {
        String yaml = "name: list, url: \"http://localhost/x\", tlp: green";
        String reason = assertThrows(SourceFailure.class, () -> PublicAddress.of(FeedCentre.feed(yaml), "localhost"))
                .getMessage();
        assertTrue(reason.contains("private_networks: true"), reason);
        assertTrue(PublicAddress.of(FeedCentre.feed(yaml + ", private_networks: true"), "localhost")
                .isLoopbackAddress());
    }
}
