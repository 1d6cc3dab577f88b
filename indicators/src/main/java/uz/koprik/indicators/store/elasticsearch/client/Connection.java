package uz.koprik.indicators.store.elasticsearch.client;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.ElasticsearchTransportBase;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;

/** The way to the cluster: connections, TLS, who we are. Making one does not connect yet. */
public final class Connection implements AutoCloseable {

    private static final int CONNECTIONS = 64;

    /** Bulks are megabytes: with the client's own 8 KiB, waking up to write took a tenth of all work. */
    private static final int BUFFER = 128 << 10;

    public final ElasticsearchClient client;
    private final Rest5Client http;
    private final ElasticsearchTransport transport;

    public Connection(ElasticOptions options) throws ClusterRefused {
        Rest5ClientBuilder builder = Rest5Client.builder(options.urls().toArray(URI[]::new))
                .setDefaultHeaders(headers(options.login()))
                .setConnectionConfigCallback(config -> config.setConnectTimeout(Timeout.of(options.connectTimeout()))
                        .setSocketTimeout(Timeout.of(options.requestTimeout())))
                .setRequestConfigCallback(
                        config -> config.setConnectionRequestTimeout(Timeout.of(options.requestTimeout()))
                                .setResponseTimeout(Timeout.of(options.requestTimeout())))
                .setHttpClientConfigCallback(http -> http.setHttp1Config(Http1Config.custom()
                        .setBufferSize(BUFFER)
                        .setChunkSizeHint(BUFFER)
                        .build()))
                .setConnectionManagerCallback(
                        pool -> pool.setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(CONNECTIONS));
        if (options.ca().isPresent()) {
            builder.setSSLContext(trusting(options.ca().get()));
        }
        http = builder.build();
        transport = new ElasticsearchTransportBase(new BodyInOnePiece(http), null, new JacksonJsonpMapper()) {};
        client = new ElasticsearchClient(transport);
    }

    private static Header[] headers(ElasticOptions.Login login) {
        return switch (login) {
            case ElasticOptions.Login.Nobody nobody -> new Header[0];
            case ElasticOptions.Login.ApiKey key ->
                new Header[] {new BasicHeader("Authorization", "ApiKey " + key.encoded())};
            case ElasticOptions.Login.User user ->
                new Header[] {
                    new BasicHeader(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString((user.name() + ":" + user.password())
                                                    .getBytes(StandardCharsets.UTF_8)))
                };
        };
    }

    private static SSLContext trusting(Path ca) throws ClusterRefused {
        try (InputStream file = Files.newInputStream(ca)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw new ClusterRefused(
                        "the file " + ca + " holds no certificate: put the cluster's CA there in PEM", null);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (ClusterRefused refused) {
            throw refused;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new ClusterRefused("the CA file " + ca + " cannot be used: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Whether the threads that serve connections go on; when one ended by an error, none does, for good. */
    public boolean isRunning() {
        return http.isRunning();
    }

    @Override
    public void close() {
        try {
            transport.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
