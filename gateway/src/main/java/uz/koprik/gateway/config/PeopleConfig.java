package uz.koprik.gateway.config;

import java.time.Duration;
import java.util.List;

/** The listener for people: the console and the analyst API; and how people sign in. */
public record PeopleConfig(
        @Setting(
                        value =
                                "Port of the console and of the analyst API for people (docs/console.md). It asks for no client"
                                        + " certificate. 0 lets the system choose one, which is then found in state/people-url; -1 for none.",
                        preset = "-1",
                        min = -1,
                        max = 65535)
                int port,
        @Setting(
                        value = "Address to listen on; \"\" is that of listen.host.",
                        preset = "\"\"",
                        matches = "[A-Za-z0-9.:_-]{0,253}",
                        shape = "an address or a host name")
                String host,
        @Setting(
                        value =
                                "URL under which people reach the console, without a path; \"\" when it is https://<host>:<port>.",
                        preset = "\"\"",
                        matches = "(https://[A-Za-z0-9.\\-\\[\\]:]+)?",
                        shape = "https://host or https://host:port")
                String publicUrl,
        @Setting(
                        value =
                                "Addresses of proxies before this port. What they say in X-Forwarded-For counts as the address of the"
                                        + " client; nobody else's word does.",
                        preset = "[]",
                        matches = "[0-9A-Fa-f.:]{2,45}",
                        shape = "an IP address")
                List<String> proxies,
        @Setting(
                        value =
                                "Whether this port speaks TLS. false only behind a proxy that ends TLS and is named in proxies; the host"
                                        + " must then be a loopback address.",
                        preset = "true")
                boolean tls,
        @Setting(
                        value = "A session of a browser ends when nothing was asked in it for this time.",
                        preset = "30m",
                        min = 60_000,
                        max = 86_400_000)
                Duration idle,
        @Setting(
                        value = "A session of a browser ends this long after it began, also while it is used.",
                        preset = "12h",
                        min = 60_000,
                        max = 604_800_000)
                Duration absolute,
        @Setting(
                        value =
                                "Second factor (TOTP) of accounts that sign in with a password: optional, or required. Where it is"
                                        + " required, an account without one can only set it up.",
                        preset = "optional")
                SecondFactor secondFactor) {

    public PeopleConfig {
        proxies = List.copyOf(proxies);
        if (absolute.compareTo(idle) < 0) {
            throw new IllegalArgumentException("people.absolute: must be at least people.idle");
        }
        if (!tls && proxies.isEmpty()) {
            throw new IllegalArgumentException(
                    "people.tls: must be true where people.proxies names no proxy, because passwords would cross the network"
                            + " unprotected");
        }
        if (!tls && !host.startsWith("127.") && !host.equals("::1") && !host.equals("localhost")) {
            throw new IllegalArgumentException(
                    "people.tls: false needs people.host to be a loopback address, such as 127.0.0.1");
        }
    }

    /** Whether accounts with a password need a second factor. */
    public enum SecondFactor {
        OPTIONAL,
        REQUIRED
    }

    /** Whether there is such a listener. */
    public boolean on() {
        return port >= 0;
    }
}
