package uz.koprik.gateway.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.IpNetwork;
import uz.koprik.indicators.observable.ObservableKind;

/**
 * Everything an operator can set: one component a key, with its comment, default and check beside it.
 * {@link ConfigFile} reads and writes it; a value of this type has passed every check.
 */
public record Config(
        @Setting(
                        value =
                                "Short name of the centre. Partners know it by this name; it does not change after init.",
                        matches = "[a-z][a-z0-9-]{1,30}",
                        shape = "2 to 31 lower-case letters, digits and hyphens, beginning with a letter")
                String name,
        @Setting(
                        value = "What people call the centre, in any language.",
                        matches = "\\S.{0,198}\\S",
                        shape = "2 to 200 characters")
                String title,
        @Setting(
                        value =
                                "URL under which partners and analysts reach this gateway, without a path; \"\" when it is"
                                        + " https://<listen.host>:<listen.port>.",
                        preset = "\"\"",
                        matches = "(https://[A-Za-z0-9.\\-\\[\\]:]+)?",
                        shape = "https://host or https://host:port")
                String publicUrl,
        @Setting(
                        value =
                                "Country of the centre, by its code of two letters (ISO 3166), such as UZ. Phone numbers that name no"
                                        + " country are read as numbers of it, and as doubtful; \"\" reads none.",
                        preset = "\"\"",
                        matches = "([A-Z]{2})?",
                        shape = "two capital letters, such as UZ, or nothing")
                String country,
        @Setting(
                        value =
                                "How partners reach the operators of the centre, at most 8 URIs, such as mailto:soc@example.com or"
                                        + " tel:+998900000000; they are on its card.",
                        preset = "[]",
                        matches = "(mailto:|tel:|https://)[\\x21-\\x7E]{1,250}",
                        shape = "mailto:ADDRESS, tel:NUMBER or https://PAGE")
                List<String> contacts,
        @Setting("Where the server listens.") ListenAddress listen,
        @Setting("Where people reach the console and the analyst API.") PeopleConfig people,
        @Setting("Health checks by plain HTTP, on a thread that depends on nothing else (docs/running.md).")
                Health health,
        @Setting("Transport security.") Tls tls,
        @Setting("Change of signing and TLS keys (docs/running.md).") Keys keys,
        @Setting("Where private signing keys are, besides keys/centre.p12.") SigningConfig signing,
        @Setting("Partners, whose own settings are in partners.yaml.") Partners partners,
        @Setting("Agreements that both sides signed (docs/agreements.md).") Agreements agreements,
        @Setting("Where objects are kept.") StoreConfig store,
        @Setting("What is assumed of objects that do not say.") Policy policy,
        @Setting("Four eyes: what a second person releases before it leaves the centre (docs/release-desk.md).")
                DeskConfig release,
        @Setting("How long objects are kept, besides what agreements say (docs/retention.md).")
                RetentionConfig retention,
        @Setting("How the centre finds earlier objects with the same or related values.") CorrelationConfig correlation,
        @Setting("What is ours: it is never exported to be blocked, and a report of it needs a confirmation.") Own own,
        @Setting("Alerts that a case file and another object have to do with one another (docs/alerts.md).")
                Alerts alerts,
        @Setting("Case files from other systems (docs/cases.md).") Cases cases,
        @Setting("TAXII 2.1 for partners and ordinary clients.") Taxii taxii,
        @Setting("What one client may cost. Above a limit it gets an error that says so; others do not notice.")
                Limits limits,
        @Setting("Exchange with partners, whose own settings are in partners.yaml, and feeds of others.") Feeds feeds,
        @Setting("Pairs of objects that contradict one another, kept in evidence/ for people to look at.")
                Evidence evidence,
        @Setting("Accounts of people and programs; the accounts themselves are made by `koprik account`.")
                Accounts accounts,
        @Setting("Who did what and looked up which values, for the role auditor (docs/access-record.md).")
                AccessRecordConfig accessRecord,
        @Setting("Sign-in of people by an OpenID Connect provider (docs/single-sign-on.md).") OidcConfig oidc,
        @Setting("What is written to standard error.") Log log,
        @Setting("Traces of objects for an OpenTelemetry collector (docs/running.md#traces).") Tracing tracing,
        @Setting("Backups that a running centre or `koprik backup` writes.") BackupConfig backup) {

    private static final int MOST_CONTACTS = 8;

    public Config {
        if (contacts.size() > MOST_CONTACTS) {
            throw new IllegalArgumentException("contacts: at most " + MOST_CONTACTS + ", not " + contacts.size());
        }
        contacts = List.copyOf(contacts);
    }

    /** The socket. */
    public record ListenAddress(
            @Setting(
                            value =
                                    "Address to listen on: 127.0.0.1 for this machine only, 0.0.0.0 or :: for every interface.",
                            preset = "127.0.0.1",
                            matches = "[A-Za-z0-9.:_-]{1,253}",
                            shape = "an address or a host name")
                    String host,
            @Setting(
                            value = "Port; 0 lets the system choose one, which is then found in state/url.",
                            preset = "8443",
                            min = 0,
                            max = 65535)
                    int port) {}

    /** The listener of health checks. */
    public record Health(
            @Setting(
                            value =
                                    "Address and port that answer /healthz and /readyz by plain HTTP, such as 127.0.0.1:9443; port 0 lets the"
                                            + " system choose one, which the log names; \"\" for none. No two centres on a machine share one.",
                            preset = "\"\"",
                            matches = "(([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):[0-9]{1,5})?",
                            shape = "address:port, such as 127.0.0.1:9443, or \"\"")
                    String listen,
            @Setting(
                            value =
                                    "An event loop that does not answer for this time hangs: /healthz of this listener is 503, and a supervisor"
                                            + " can start the centre again.",
                            preset = "15s",
                            min = 200,
                            max = 600_000)
                    Duration silence) {

        private static final int PORTS = 65_536;

        public Health {
            if (!listen.isEmpty() && Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1)) >= PORTS) {
                throw new IllegalArgumentException("health.listen: the port must be 0..65535, not "
                        + listen.substring(listen.lastIndexOf(':') + 1));
            }
        }

        /** Whether there is such a listener. */
        public boolean on() {
            return !listen.isEmpty();
        }

        /** The address to listen on. */
        public String host() {
            return listen.substring(0, listen.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
        }

        /** The port to listen on; 0 lets the system choose one. */
        public int port() {
            return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
        }
    }

    /** Traces of objects. */
    public record Tracing(
            @Setting(
                            value =
                                    "Base URL of a collector that takes OTLP by HTTP, such as http://127.0.0.1:4318; \"\" records nothing."
                                            + " Traces hold ids of objects and names of partners.",
                            preset = "\"\"",
                            matches = "(https?://[^\\s?#@]{1,500})?",
                            shape = "an http or https URL without credentials, such as http://127.0.0.1:4318, or \"\"")
                    String endpoint,
            @Setting(
                            value = "Share of the requests and pulled pages that are traced, 0 to 1.",
                            preset = "0.01",
                            min = 0,
                            max = 1)
                    double ratio,
            @Setting(
                            value =
                                    "Whether a push has the header traceparent, so that a partner can link its own traces. It shows partners"
                                            + " which objects are traced here.",
                            preset = "false")
                    boolean sendToPartners) {

        /** Whether anything is traced. */
        public boolean on() {
            return !endpoint.isEmpty();
        }
    }

    /** Transport security. */
    public record Tls(
            @Setting(
                            value =
                                    "openssl: BoringSSL in process, with the hybrid post-quantum group X25519MLKEM768; refuses to"
                                            + " start without it. jdk: Java's own TLS, classical groups only. auto: openssl where it runs,"
                                            + " else jdk; the start-up message says which.",
                            preset = "auto")
                    Engine engine,
            @Setting(
                            value = "Names and addresses that the certificate is made for; `koprik init` puts them in.",
                            preset = "[localhost, 127.0.0.1]",
                            matches = "[A-Za-z0-9.:*_-]{1,253}",
                            shape = "a host name or an address")
                    List<String> hostNames) {}

    /** Change of keys. */
    public record Keys(
            @Setting(
                            value =
                                    "How long the next key is announced on the card before it is used, so that all partners know it.",
                            preset = "7d",
                            min = 0,
                            max = 31_536_000_000L)
                    Duration announce,
            @Setting(
                            value = "How long a former key stays on the card after another one replaced it.",
                            preset = "30d",
                            min = 0,
                            max = 31_536_000_000L)
                    Duration overlap,
            @Setting(
                            value =
                                    "Whether a centre with one home announces and uses the next signing key by itself when 120 days are left."
                                            + " false: it warns, and waits for `koprik key announce`.",
                            preset = "true")
                    boolean renew) {}

    /** Partners. */
    public record Partners(
            @Setting(
                            value =
                                    "A newer card of a partner, signed by a key of it that is on the trust list. take: it is used at once."
                                            + " ask: `koprik partner status` shows it until `koprik partner accept-card`.",
                            preset = "take")
                    NewCards cards,
            @Setting(
                            value =
                                    "How often a partner is asked for its card. A signature by an unknown key asks as well, at most every ten"
                                            + " minutes.",
                            preset = "1d",
                            min = 200,
                            max = 2_592_000_000L)
                    Duration cardInterval) {}

    /** Agreements. */
    public record Agreements(
            @Setting(
                            value =
                                    "Whether a partner gets nothing but TLP:CLEAR without a signed agreement in force. false: its section in"
                                            + " partners.yaml holds until one was in force. `koprik init` writes true.",
                            preset = "false")
                    boolean required) {}

    /** What becomes of a newer card of a partner. */
    public enum NewCards {
        ASK,
        TAKE
    }

    /** Who does the TLS. */
    public enum Engine {
        AUTO,
        OPENSSL,
        JDK
    }

    /** The store. */
    public record StoreConfig(
            @Setting(
                            value =
                                    "Kind of store. lucene: in this process, no set-up. elasticsearch: on a cluster, which several"
                                            + " gateways of this centre may share (docs/elasticsearch.md).",
                            preset = "lucene")
                    StoreKind kind,
            @Setting(
                            value = "Folder of a lucene store, seen from the home folder.",
                            preset = "data",
                            matches = "[^\\x00]{1,500}",
                            shape = "a path")
                    String path,
            @Setting("The cluster of an elasticsearch store; not looked at otherwise.") Elasticsearch elasticsearch) {}

    /** An Elasticsearch cluster, version 9. */
    public record Elasticsearch(
            @Setting(
                            value = "URLs of its nodes; any of them will do, so name several.",
                            preset = "[\"https://localhost:9200\"]",
                            matches = "https?://[A-Za-z0-9.\\-\\[\\]:]+",
                            shape = "https://host:port")
                    List<String> urls,
            @Setting(
                            value =
                                    "File with the certificates (PEM) that vouch for its nodes, seen from the home folder; \"\" for those"
                                            + " that Java trusts.",
                            preset = "\"\"",
                            matches = "[^\\x00]{0,500}",
                            shape = "a path")
                    String ca,
            @Setting(
                            value = "Name of our user there; \"\" to log in by an API key.",
                            preset = "\"\"",
                            matches = "[^:\\x00]{0,200}",
                            shape = "a name without a colon")
                    String user,
            @Setting(
                            value =
                                    "File with the user's password or else the encoded API key, seen from the home folder; \"\" for a cluster"
                                            + " without log-in. The environment variable KOPRIK_ELASTICSEARCH_SECRET goes before it.",
                            preset = "\"\"",
                            matches = "[^\\x00]{0,500}",
                            shape = "a path")
                    String secretFile,
            @Setting(
                            value =
                                    "What the names of all our indices begin with. All gateways of this centre name the same, other centres"
                                            + " another.",
                            preset = "koprik",
                            matches = "[a-z][a-z0-9-]{0,60}",
                            shape = "lower-case letters, digits and hyphens, beginning with a letter")
                    String prefix,
            @Setting(
                            value =
                                    "Shards of the index of entries when it is made; `koprik store migrate` rebuilds it.",
                            preset = "1",
                            min = 1,
                            max = 64)
                    int shards,
            @Setting(
                            value = "Copies of each shard besides the first. 1 survives one node, 0 none.",
                            preset = "1",
                            min = 0,
                            max = 8)
                    int replicas,
            @Setting(value = "A connection must stand after so long.", preset = "5s", min = 100, max = 600_000)
                    Duration connectTimeout,
            @Setting(value = "A request must be answered after so long.", preset = "30s", min = 100, max = 600_000)
                    Duration requestTimeout,
            @Setting(
                            value =
                                    "How long a call is tried again while the cluster is busy or away; then our own caller gets 503 with"
                                            + " Retry-After.",
                            preset = "20s",
                            min = 100,
                            max = 600_000)
                    Duration patience,
            @Setting(
                            value = "How often entries of other gateways of this centre are asked for.",
                            preset = "250ms",
                            min = 20,
                            max = 60_000)
                    Duration follow,
            @Setting(
                            value =
                                    "Memory for entries that wait to be written, and again for those that wait to be indexed; above"
                                            + " it, writers wait.",
                            preset = "8 MiB",
                            min = 1 << 20,
                            max = 1 << 30)
                    Size queue,
            @Setting(
                            value =
                                    "Name of this gateway among those of its centre, shown where it says who runs the feeds of a partner;"
                                            + " \"\" for the name of its host and its port.",
                            preset = "\"\"",
                            matches = "[^\\x00-\\x1f]{0,200}",
                            shape = "a name")
                    String gateway,
            @Setting(
                            value =
                                    "When the gateway that runs the feeds of a partner, or delivers alerts, was silent for so long, another of this centre"
                                            + " goes on with them. All gateways set the same.",
                            preset = "10s",
                            min = 1000,
                            max = 3_600_000)
                    Duration lease) {}

    /** The kinds of stores; a new one is a constant here and a case in the wiring. */
    public enum StoreKind {
        LUCENE,
        ELASTICSEARCH
    }

    /** What is assumed. */
    public record Policy(
            @Setting(
                            value =
                                    "TLP marking in force for objects that carry none: clear, green, amber, amber+strict or red.",
                            preset = "green")
                    uz.koprik.indicators.policy.Tlp defaultTlp,
            @Setting(
                            value =
                                    "What becomes of objects with a marking whose definition is not here, or is neither TLP nor a"
                                            + " statement: strictest (they count as TLP:RED) or refuse.",
                            preset = "strictest")
                    uz.koprik.indicators.policy.UnknownMarking unknownMarkings) {}

    /** Correlation. */
    public record CorrelationConfig(
            @Setting(
                            value =
                                    "Folder of warning lists in the format of MISP, seen from the home folder; files may come and go"
                                            + " while the centre runs. Values on such a list are stored, but not correlated.",
                            preset = "warning-lists",
                            matches = "[^\\x00]{1,500}",
                            shape = "a path")
                    String warningLists,
            @Setting(
                            value =
                                    "How many patterns that ask for more than one value are held in memory, to be tested against observed"
                                            + " data; about 2 KB each.",
                            preset = "100000",
                            min = 0,
                            max = 10000000)
                    int patterns) {}

    /** Networks and domains of the centre and of those it protects. */
    public record Own(
            @Setting(
                            value =
                                    "Own networks, such as [192.0.2.0/24, \"2001:db8::/32\"]; addresses in them and networks around"
                                            + " them count as well.",
                            preset = "[]",
                            matches = "[0-9A-Fa-f:.]{2,45}(/[0-9]{1,3})?",
                            shape = "a network such as 192.0.2.0/24")
                    List<String> networks,
            @Setting(
                            value = "Own domains, such as [example.com]; names below and above them count as well.",
                            preset = "[]",
                            matches = "[^\\s/@:]{1,253}",
                            shape = "a domain name such as example.com")
                    List<String> domains) {

        public Own {
            networks.forEach(Own::network);
            domains.forEach(Own::domain);
        }

        /** The networks, parsed. */
        public List<IpNetwork> parsedNetworks() {
            return networks.stream().map(Own::network).toList();
        }

        /** The domains in normal form: lower case, A-labels, no dot at the end. */
        public List<String> normalDomains() {
            return domains.stream().map(Own::domain).toList();
        }

        private static IpNetwork network(String text) {
            IpNetwork network = IpNetwork.parse(text)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "own.networks: must be networks such as 192.0.2.0/24, not \"" + text + '"'));
            if (network.prefix() < (text.indexOf(':') < 0 ? 8 : 19)) {
                throw new IllegalArgumentException("own.networks: \"" + text
                        + "\" is wider than /8 (IPv6 /19), so nearly nothing could be exported; name its parts");
            }
            boolean whole = IpNetwork.parse(text.split("/", 2)[0])
                    .filter(first -> Arrays.equals(first.address(), network.address()))
                    .isPresent();
            if (!whole) {
                throw new IllegalArgumentException(
                        "own.networks: \"" + text + "\" has bits after its prefix; write " + network);
            }
            return network;
        }

        private static String domain(String text) {
            try {
                return ObservableKind.DOMAIN.normalise(text).value();
            } catch (InvalidObservable e) {
                throw new IllegalArgumentException(
                        "own.domains: must be domain names such as example.com, not \"" + text + "\": " + e.reason(),
                        e);
            }
        }
    }

    /** Alerts. */
    public record Alerts(
            @Setting(
                            value =
                                    "How long alerts and digests can be read; an alert is never given twice, whether it is kept or not.",
                            preset = "400d",
                            min = 3_600_000,
                            max = 315_360_000_000L)
                    Duration keep,
            @Setting(
                            value = "Room for alerts; above, the oldest are no longer kept.",
                            preset = "512 MiB",
                            min = 1 << 20,
                            max = 1L << 40)
                    Size keepSize,
            @Setting(
                            value = "Interval of keep-alive comments on an idle event stream.",
                            preset = "15s",
                            min = 100,
                            max = 600_000)
                    Duration heartbeat,
            @Setting(
                            value =
                                    "The centre disconnects a client that does not read an event for this time; it resumes where it was.",
                            preset = "30s",
                            min = 100,
                            max = 600_000)
                    Duration streamPatience,
            @Setting(value = "Event streams of one account at one time.", preset = "4", min = 1, max = 1000)
                    int streamsPerAccount,
            @Setting(value = "Subscriptions of one account.", preset = "50", min = 1, max = 1000)
                    int subscriptionsPerAccount,
            @Setting(
                            value = "When the daily digests are made.",
                            preset = "\"07:00\"",
                            matches = "([01][0-9]|2[0-3]):[0-5][0-9]",
                            shape = "a time of day such as 07:00")
                    String digestAt,
            @Setting(
                            value = "Time zone of digest_at, and of the day that the screen Situation counts.",
                            preset = "UTC",
                            matches = "[A-Za-z0-9_+/-]{1,60}",
                            shape = "the name of a time zone such as Asia/Tashkent")
                    String digestZone,
            @Setting("Delivery to programs of others inside the centre by HTTPS requests.") Webhooks webhooks) {

        public Alerts {
            try {
                ZoneId.of(digestZone);
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException(
                        "alerts.digest_zone: must be the name of a time zone such as Asia/Tashkent");
            }
        }
    }

    /** Webhooks. */
    public record Webhooks(
            @Setting(
                            value =
                                    "Where webhooks may lead: host, for port 443, or host:port. Nothing is sent anywhere else, and redirects"
                                            + " are not followed. Example: [alerts.example.org, \"soc.example.org:8443\"]",
                            preset = "[]",
                            matches = "[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}\\](:[0-9]{1,5})?",
                            shape = "host or host:port")
                    List<String> hosts,
            @Setting(
                            value =
                                    "File with the certificates (PEM) that vouch for these hosts, seen from the home folder; \"\" for those that"
                                            + " Java trusts.",
                            preset = "\"\"",
                            matches = "[^\\x00]{0,500}",
                            shape = "a path")
                    String ca,
            @Setting(
                            value =
                                    "Whether http:// is taken for 127.0.0.1 and [::1], such as a relay on this machine.",
                            preset = "false")
                    boolean plainLoopback,
            @Setting(value = "A request must be answered after so long.", preset = "20s", min = 100, max = 600_000)
                    Duration requestTimeout,
            @Setting(
                            value = "First wait after a failure; doubled each time, with jitter.",
                            preset = "5s",
                            min = 10,
                            max = 3_600_000)
                    Duration backoffFirst,
            @Setting(value = "Longest wait after failures.", preset = "1h", min = 10, max = 86_400_000)
                    Duration backoffMax,
            @Setting(
                            value = "After this time, a failed delivery becomes a dead letter.",
                            preset = "3d",
                            min = 0,
                            max = 31_536_000_000L)
                    Duration giveUp) {

        public Webhooks {
            if (backoffFirst.compareTo(backoffMax) > 0) {
                throw new IllegalArgumentException(
                        "alerts.webhooks.backoff_first: must not be above alerts.webhooks.backoff_max");
            }
        }
    }

    /** Case files. */
    public record Cases(
            @Setting(
                            value =
                                    "Folders into which other systems put tables of cases; each needs an account with the right to"
                                            + " work on case files, and a mapping by its name. Example:"
                                            + " [{folder: /srv/register, mapping: police-register, account: register}]",
                            preset = "[]")
                    List<CaseFolder> watch,
            @Setting(value = "How often they are looked at.", preset = "2s", min = 10, max = 86_400_000) Duration poll,
            @Setting(
                            value = "A file that has not changed for this time is complete.",
                            preset = "5s",
                            min = 0,
                            max = 86_400_000)
                    Duration settle) {}

    /** A folder of another system's tables of cases. */
    public record CaseFolder(
            @Setting(value = "The folder, seen from the home folder.", matches = "[^\\x00]{1,500}", shape = "a path")
                    String folder,
            @Setting(
                            value =
                                    "Name of the mapping, case-mappings/NAME.yaml; \"\" for columns called number, title, values …",
                            preset = "\"\"",
                            matches = "([a-z0-9][a-z0-9-]{0,62})?",
                            shape = "lower-case letters, digits and hyphens")
                    String mapping,
            @Setting(
                            value =
                                    "The account by whose right it is done, and who stands in the history of the cases.",
                            matches = "\\S{1,64}",
                            shape = "the name of an account")
                    String account) {}

    /** TAXII. */
    public record Taxii(
            @Setting(
                            value =
                                    "How long the outcome of a POST can be asked for (TAXII 2.1, section 4.3, asks for a day).",
                            preset = "24h",
                            min = 3_600_000,
                            max = 2_592_000_000L)
                    Duration statusKept,
            @Setting(
                            value = "Memory for pages that are asked for again; 0 B keeps none.",
                            preset = "64 MiB",
                            min = 0,
                            max = 1L << 36)
                    Size pageCache,
            @Setting(
                            value =
                                    "Compress pages for clients that ask for it. Off by default: it costs 20 times the processor time"
                                            + " of sending, and only pays on slow lines.",
                            preset = "false")
                    boolean gzip,
            @Setting(
                            value = "Further read-only collections, each a view of what the reader may see. Example:"
                                    + " [{alias: vulnerabilities, title: Vulnerabilities, types: [vulnerability]}]",
                            preset = "[]")
                    List<Collection> collections) {}

    /** A read-only collection: what the reader may see, of some types only. */
    public record Collection(
            @Setting(
                            value = "Short name in URLs.",
                            matches = "[a-z][a-z0-9-]{1,30}",
                            shape = "2 to 31 lower-case letters, digits and hyphens, beginning with a letter")
                    String alias,
            @Setting(value = "Its title.", matches = ".{1,200}", shape = "1 to 200 characters") String title,
            @Setting(
                            value = "STIX types it holds.",
                            matches = "[a-z0-9][a-z0-9-]{1,248}[a-z0-9]",
                            shape = "a STIX type")
                    List<String> types) {}

    /** What one client may cost. */
    public record Limits(
            @Setting(
                            value = "Largest body of one request; announced to TAXII clients as max_content_length.",
                            preset = "10 MiB",
                            min = 1024,
                            max = 1L << 30)
                    Size maxContentLength,
            @Setting(
                            value =
                                    "Memory for the bodies of all requests being read or worked on at one time; never more than an eighth"
                                            + " of the Java heap, and a quarter is for JSON while it is decoded.",
                            preset = "128 MiB",
                            min = 1024,
                            max = 1L << 36)
                    Size bodiesInFlight,
            @Setting(
                            value = "Objects in one request (413); files of any size go to /api/import.",
                            preset = "10000",
                            min = 1,
                            max = 1_000_000)
                    int objectsPerRequest,
            @Setting(
                            value = "Largest report or mail that is read for values (/api/documents).",
                            preset = "50 MiB",
                            min = 1024,
                            max = 1L << 30)
                    Size documentSize,
            @Setting(
                            value =
                                    "Refused objects that one answer lists with their reasons; of the others it has the number.",
                            preset = "1000",
                            min = 1,
                            max = 1_000_000)
                    int refusalsListed,
            @Setting(value = "Objects on a page when the client does not say.", preset = "1000", min = 1, max = 10_000)
                    int pageDefault,
            @Setting(
                            value = "Maximum of objects on a page, also when the client asks for more.",
                            preset = "10000",
                            min = 1,
                            max = 10_000)
                    int pageMax,
            @Setting(value = "Request line and headers at most.", preset = "16 KiB", min = 1024, max = 1 << 20)
                    Size headers,
            @Setting(
                            value = "A connection without a request for this time is closed.",
                            preset = "60s",
                            min = 100,
                            max = 3_600_000)
                    Duration idleTimeout,
            @Setting(
                            value = "A body must have arrived whole after so long (408).",
                            preset = "30s",
                            min = 100,
                            max = 3_600_000)
                    Duration bodyTimeout,
            @Setting(
                            value =
                                    "A body that comes slower than this many bytes per second is ended (408); this includes"
                                            + " files that are imported.",
                            preset = "1 KiB",
                            min = 1,
                            max = 1 << 30)
                    Size bodyRate,
            @Setting(value = "Over how long body_rate is measured.", preset = "10s", min = 100, max = 600_000)
                    Duration bodyRateWindow,
            @Setting(
                            value =
                                    "The TLS handshake must be done after so long, and so must the headers of the first request.",
                            preset = "10s",
                            min = 100,
                            max = 600_000)
                    Duration handshakeTimeout,
            @Setting(
                            value = "A request must be answered and the answer be taken by the client after so long.",
                            preset = "5m",
                            min = 1000,
                            max = 86_400_000)
                    Duration requestTimeout,
            @Setting(
                            value = "Connections at one time; further ones are closed.",
                            preset = "2000",
                            min = 1,
                            max = 1_000_000)
                    int connections,
            @Setting(
                            value = "Requests in flight at one time; further ones get 503 with Retry-After.",
                            preset = "256",
                            min = 1,
                            max = 100_000)
                    int requestsInFlight,
            @Setting(
                            value =
                                    "Percent of connections, of requests in flight and of bodies_in_flight that one account or partner may"
                                            + " take.",
                            preset = "25",
                            min = 1,
                            max = 100)
                    int callerShare,
            @Setting(
                            value =
                                    "Percent of the same that one address may take, and half of that one caller at this address; 100 where"
                                            + " all come from one proxy.",
                            preset = "25",
                            min = 1,
                            max = 100)
                    int addressShare,
            @Setting(
                            value =
                                    "Percent of the same that all accounts together may take, and all partners together: the rest is left to"
                                            + " the others.",
                            preset = "75",
                            min = 1,
                            max = 100)
                    int groupShare,
            @Setting(
                            value = "Addresses of proxies with many users: address_share does not apply to them.",
                            preset = "[]",
                            matches = "[0-9A-Fa-f.:]{2,45}",
                            shape = "an IP address")
                    List<String> sharedAddresses,
            @Setting(
                            value =
                                    "Requests of one account or partner that are worked on at the same moment; further ones wait their turn."
                                            + " 0: TAXII pages and submissions as many as there are processors, all others half as many, at least one.",
                            preset = "0",
                            min = 0,
                            max = 10_000)
                    int workPerCaller,
            @Setting(
                            value = "When stopping, requests in flight get so long to finish.",
                            preset = "10s",
                            min = 0,
                            max = 600_000)
                    Duration shutdownGrace) {

        public Limits {
            if (pageDefault > pageMax) {
                throw new IllegalArgumentException("limits.page_default: must not be above limits.page_max (" + pageMax
                        + "), but is " + pageDefault);
            }
            if (bodiesInFlight.bytes() < maxContentLength.bytes()) {
                throw new IllegalArgumentException(
                        "limits.bodies_in_flight: must not be below limits.max_content_length (" + maxContentLength
                                + "), but is " + bodiesInFlight);
            }
        }
    }

    /** Evidence. */
    public record Evidence(
            @Setting(
                            value =
                                    "Room for evidence. Above it contradicting objects are refused all the same, counted and not kept.",
                            preset = "256 MiB",
                            min = 0,
                            max = 1L << 40)
                    Size total,
            @Setting(
                            value = "Room for evidence of what one partner or account submitted.",
                            preset = "32 MiB",
                            min = 0,
                            max = 1L << 40)
                    Size perSource) {}

    /** Exchange with partners. */
    public record Feeds(
            @Setting(
                            value =
                                    "How often a partner is asked for news, where its own entry does not say otherwise.",
                            preset = "30s",
                            min = 200,
                            max = 86_400_000)
                    Duration pollInterval,
            @Setting(value = "Objects asked for, or pushed, in one request.", preset = "1000", min = 1, max = 10_000)
                    int pageSize,
            @Setting(
                            value = "First wait after a failure; doubled each time, with jitter.",
                            preset = "1s",
                            min = 10,
                            max = 3_600_000)
                    Duration backoffFirst,
            @Setting(value = "Longest wait after failures.", preset = "5m", min = 10, max = 86_400_000)
                    Duration backoffMax,
            @Setting(
                            value = "A partner must answer a request after so long.",
                            preset = "60s",
                            min = 100,
                            max = 3_600_000)
                    Duration requestTimeout,
            @Setting(
                            value =
                                    "Feeds of others that this centre reads, signs and passes on (docs/feeds.md). Example: [{name: urlhaus,"
                                            + " url: \"https://urlhaus.example.org/recent.csv\", interval: 15m, tlp: clear, confidence: 60, labels: [malware-site],"
                                            + " expires: 30d}]",
                            preset = "[]")
                    List<FeedSource> sources) {

        public Feeds {
            if (backoffFirst.compareTo(backoffMax) > 0) {
                throw new IllegalArgumentException("feeds.backoff_first: must not be above feeds.backoff_max");
            }
            long names = sources.stream().map(FeedSource::name).distinct().count();
            if (names < sources.size()) {
                throw new IllegalArgumentException("feeds.sources: two feeds have the same name");
            }
        }
    }

    /** Accounts. */
    public record Accounts(
            @Setting(
                            value =
                                    "How long a verified password is remembered, keyed and in memory only, so that a client that sends"
                                            + " it with every request does not cost a password hash each time; 0s never.",
                            preset = "5m",
                            min = 0,
                            max = 3_600_000)
                    Duration remember,
            @Setting(
                            value = "Wrong passwords for one account from one address before it has to wait.",
                            preset = "5",
                            min = 1,
                            max = 1000)
                    int attempts,
            @Setting(
                            value =
                                    "How long it then has to wait; doubled with each further wrong one, up to 64 times this.",
                            preset = "10s",
                            min = 100,
                            max = 3_600_000)
                    Duration lockout,
            @Setting(value = "Fewest characters of a password.", preset = "12", min = 8, max = 128) int minLength,
            @Setting(
                            value =
                                    "Time without a request after which a token is listed as stale; it goes on working.",
                            preset = "90d",
                            min = 3_600_000,
                            max = 315_360_000_000L)
                    Duration tokenStale,
            @Setting(
                            value =
                                    "Whether a new partner needs two people: one asks, another administrator confirms. Commands on the"
                                            + " machine of the centre are not among it.",
                            preset = "false")
                    boolean twoPersons,
            @Setting(
                            value = "How long an act waits for the second administrator.",
                            preset = "24h",
                            min = 60_000,
                            max = 2_592_000_000L)
                    Duration confirmWithin) {}

    /** Logs. */
    public record Log(
            @Setting(value = "error, warn, info, debug or trace.", preset = "info") Level level,
            @Setting(value = "text for people, json (one object a line) for machines.", preset = "text") Format format,
            @Setting(value = "Whether every answered request gets a line.", preset = "true") boolean access) {}

    /** How much is logged. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    /** How it is logged. */
    public enum Format {
        TEXT,
        JSON
    }

    /** The URL for others, without a slash at the end; {@code port} is the one really listened on. */
    public String publicUrl(int port) {
        if (!publicUrl.isEmpty()) {
            return publicUrl;
        }
        return "https://" + reachable(listen.host()) + ":" + port;
    }

    /**
     * The URL of the console for people, without a path; {@code port} is the one really listened on. Without TLS it is
     * the plain one, which only the proxy uses.
     */
    public String peopleUrl(int port) {
        if (!people.publicUrl().isEmpty()) {
            return people.publicUrl();
        }
        return (people.tls() ? "https://" : "http://") + reachable(peopleHost()) + ":" + port;
    }

    /** Where the listener for people listens. */
    public String peopleHost() {
        return people.host().isEmpty() ? listen.host() : people.host();
    }

    /** A name or address for URLs, where {@code host} may stand for every interface. */
    private String reachable(String host) {
        String name =
                switch (host) {
                    case "0.0.0.0", "::" ->
                        tls.hostNames().isEmpty()
                                ? "localhost"
                                : tls.hostNames().getFirst();
                    default -> host;
                };
        return name.indexOf(':') >= 0 ? "[" + name + "]" : name;
    }
}
