package uz.koprik.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.Centres;
import uz.koprik.gateway.centre.RunningCentre;

/** {@code /metrics} for other machines: a connection from an address of this one that is not of the loopback. */
final class MetricsElsewhereTest {

    @RegisterExtension
    final Centres centres = new Centres();

    @Test
    void otherMachinesNeedTheRightToOperate() throws Exception {
        RunningCentre centre = centres.init("tashkent")
                .withAccount("anna", Role.ANALYST)
                .withAccount("night-shift", Role.OPERATOR)
                .start();
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(centre.tls(null))
                .localAddress(elsewhere())
                .build()) {
            assertEquals(401, metrics(client, centre, null).statusCode());
            assertEquals(401, metrics(client, centre, "Bearer nonsense").statusCode());
            assertEquals(
                    403,
                    metrics(client, centre, "Bearer " + centre.tokenOf("anna")).statusCode());
            HttpResponse<String> answer = metrics(client, centre, "Bearer " + centre.tokenOf("night-shift"));
            assertEquals(200, answer.statusCode());
            assertTrue(answer.body().contains("process_files_open_files"), answer::body);
        }
        assertEquals(200, centre.get(centre.url() + "/metrics", null).statusCode());
    }

    private static HttpResponse<String> metrics(HttpClient client, RunningCentre centre, String authorization)
            throws Exception {
        return RunningCentre.send(client, HttpRequest.newBuilder(URI.create(centre.url() + "/metrics")), authorization);
    }

    private static InetAddress elsewhere() throws Exception {
        Optional<InetAddress> address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(one -> one.getAddress().length == 4 && !one.isLoopbackAddress())
                .findFirst();
        if (address.isEmpty()) {
            String missing = "this machine has no address but that of the loopback";
            assertTrue(System.getenv("CI") == null, missing);
            Assumptions.abort(missing);
        }
        return address.orElseThrow();
    }
}
