package uz.koprik.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/** Which cipher suites a handshake can end with. */
final class TlsSuitesTest {

    @RegisterExtension
    final Centres centres = new Centres();

    private static SSLSocket socket(RunningCentre centre) throws Exception {
        URI url = URI.create(centre.url());
        SSLSocket socket = (SSLSocket) centre.tls(null).getSocketFactory().createSocket(url.getHost(), url.getPort());
        socket.setSoTimeout(15_000);
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "jdk"})
    void onlySuitesWithForwardSecrecyAndAuthenticatedEncryptionAreOffered(String engine) throws Exception {
        RunningCentre centre = centres.init("tashkent")
                .withConfig("engine: auto", "engine: " + engine)
                .start();
        int refused = 0;
        int taken = 0;
        for (String suite : all(centre)) {
            boolean good = suite.contains("_ECDHE_") && (suite.contains("_GCM_") || suite.contains("_POLY1305_"));
            try (SSLSocket socket = socket(centre)) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.setEnabledCipherSuites(new String[] {suite});
                if (good && suite.contains("_ECDSA_")) {
                    socket.startHandshake();
                    assertEquals(suite, socket.getSession().getCipherSuite());
                    taken++;
                } else if (!good) {
                    assertThrows(IOException.class, socket::startHandshake, suite);
                    refused++;
                }
            }
        }
        assertTrue(taken >= 2 && refused >= 4, taken + " taken, " + refused + " refused");
        try (SSLSocket socket = socket(centre)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.3"});
            socket.startHandshake();
            assertEquals("TLSv1.3", socket.getSession().getProtocol());
        }
    }

    /** What this platform can offer for TLS 1.2. */
    private static List<String> all(RunningCentre centre) throws Exception {
        try (SSLSocket socket = socket(centre)) {
            List<String> suites = Arrays.stream(socket.getSupportedCipherSuites())
                    .filter(suite -> suite.contains("_WITH_") && !suite.contains("_anon_") && !suite.contains("_NULL_"))
                    .toList();
            assertFalse(suites.isEmpty());
            return suites;
        }
    }
}
