package uz.koprik.indicators.store.elasticsearch.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import uz.koprik.indicators.store.elasticsearch.Indices;

/**
 * Which cluster, and how it is used.
 *
 * @param urls of its nodes, {@code http} or {@code https}; any of them will do
 * @param ca file with the certificates, PEM, that vouch for the nodes'; empty for those that Java trusts
 * @param login who we are
 * @param prefix with which the names of all our indices begin
 * @param shards primary shards of the index of entries; the log has one, as its order demands
 * @param replicas further copies of each shard
 * @param connectTimeout how long one connection may take
 * @param requestTimeout how long one answer may take
 * @param patience how long a call is tried again before {@link uz.koprik.indicators.store.StoreUnavailable}
 * @param follow how often other gateways' entries are asked for
 * @param groupBytes how much goes into one document of the log
 * @param queueBytes how much may wait to be written, and how much may wait to be indexed
 */
public record ElasticOptions(
        List<URI> urls,
        Optional<Path> ca,
        Login login,
        String prefix,
        int shards,
        int replicas,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration patience,
        Duration follow,
        int groupBytes,
        int queueBytes) {

    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9-]{0,60}");

    public ElasticOptions {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("name at least one URL of the cluster");
        }
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "an index prefix is lower-case letters, digits and hyphens, beginning with a letter");
        }
        if (shards < 1 || replicas < 0) {
            throw new IllegalArgumentException("there is at least 1 shard and at least 0 replicas");
        }
    }

    /** As most centres want it, apart from where the cluster is. */
    public static ElasticOptions of(List<URI> urls, String prefix) {
        return new ElasticOptions(
                urls,
                Optional.empty(),
                new Login.Nobody(),
                prefix,
                1,
                1,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMillis(250),
                4 << 20,
                8 << 20);
    }

    /** Who we are to the cluster. */
    public sealed interface Login {

        /** No login, for a cluster without security. */
        record Nobody() implements Login {}

        /** By an API key, encoded as the cluster issued it. */
        record ApiKey(String encoded) implements Login {
            @Override
            public String toString() {
                return "ApiKey[secret]";
            }
        }

        /** By name and password. */
        record User(String name, String password) implements Login {
            @Override
            public String toString() {
                return "User[" + name + "]";
            }
        }
    }

    /** The index of commits. */
    public String log() {
        return prefix + "-log-v" + Indices.LOG_LAYOUT;
    }

    /** The index of what one gateway at a time has the say in. */
    public String leases() {
        return prefix + "-leases-v" + Indices.LEASE_LAYOUT;
    }

    /** The index of what the centre remembers besides objects. */
    public String state() {
        return prefix + "-state-v" + Indices.STATE_LAYOUT;
    }

    /** The name under which entries are written and found; it stands for one index at a time. */
    public String entries() {
        return prefix + "-entries";
    }
}
