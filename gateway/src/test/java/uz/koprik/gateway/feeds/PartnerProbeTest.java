package uz.koprik.gateway.feeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CentreKeys;

/** A probe ends also when a server says nothing for ever. */
class PartnerProbeTest {

    private final PartnerProbe probe = new PartnerProbe(
            CentreKeys.generate("tashkent", SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), Instant.now()),
            InstantSource.system(),
            Duration.ofMillis(300));

    @Test
    void aSilentServerIsAFindingAndNoWaitForEver() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/taxii2/");
            PartnerProbe.Answer centre = probe.centre("seoul", url, List.of("pin"), "");
            assertEquals(0, centre.status());
            assertTrue(centre.trouble().orElseThrow().contains("seoul"), centre.toString());
            assertFalse(centre.refused());
            assertEquals(0, probe.ordinary("server", url, Optional.empty()).status());
        }
    }
}
