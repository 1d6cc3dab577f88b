package uz.koprik.indicators.warninglist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import uz.koprik.indicators.observable.IpNetwork;
import uz.koprik.indicators.warninglist.ProtectedValues.Hit;
import uz.koprik.indicators.warninglist.ProtectedValues.Reason;

/**
 * Networks that are never blocked. A network is protected when it overlaps one of them: an address inside, and a
 * network around.
 *
 * <p>The special-use networks are those of the IANA IPv4 and IPv6 Special-Purpose Address Registries, with multicast
 * and {@code ::/8}, which IANA's address space registries reserve. Networks for documentation are left out.
 */
final class ProtectedNetworks {

    /** Most addresses that one indicator names: a wider network is no indicator. */
    static final int WIDEST_V4 = 8;

    static final int WIDEST_V6 = 19;

    private static final int MAPPED_BITS = 96;

    /** {@code network title}, a line each. */
    private static final String SPECIAL_USE =
            """
            0.0.0.0/8 this network
            10.0.0.0/8 private use
            100.64.0.0/10 shared address space
            127.0.0.0/8 loopback
            169.254.0.0/16 link-local
            172.16.0.0/12 private use
            192.0.0.0/24 IETF protocol assignments
            192.31.196.0/24 AS112-v4
            192.52.193.0/24 AMT
            192.88.99.0/24 6to4 relay anycast
            192.168.0.0/16 private use
            192.175.48.0/24 AS112 service
            198.18.0.0/15 benchmarking
            224.0.0.0/4 multicast
            240.0.0.0/4 reserved and broadcast
            ::/8 reserved, with the unspecified and the loopback address
            100::/64 discard-only
            100:0:0:1::/64 dummy prefix
            2001::/23 IETF protocol assignments
            2002::/16 6to4
            2620:4f:8000::/48 AS112 service
            5f00::/16 segment routing
            fc00::/7 unique local
            fe80::/10 link-local
            fec0::/10 site-local
            ff00::/8 multicast
            """;

    private static final String RESOLVERS =
            """
            8.8.8.8 8.8.4.4 2001:4860:4860::8888 2001:4860:4860::8844 2001:4860:4860::64 2001:4860:4860::6464 Google
            1.1.1.1 1.0.0.1 1.1.1.2 1.0.0.2 1.1.1.3 1.0.0.3 2606:4700:4700::1111 2606:4700:4700::1001 Cloudflare
            2606:4700:4700::1112 2606:4700:4700::1002 2606:4700:4700::1113 2606:4700:4700::1003 Cloudflare
            2606:4700:4700::64 2606:4700:4700::6400 Cloudflare
            9.9.9.9 149.112.112.112 9.9.9.10 149.112.112.10 9.9.9.11 149.112.112.11 9.9.9.12 149.112.112.12 Quad9
            2620:fe::fe 2620:fe::9 2620:fe::10 2620:fe::fe:10 2620:fe::11 2620:fe::fe:11 2620:fe::12 2620:fe::fe:12 Quad9
            208.67.222.222 208.67.220.220 208.67.222.123 208.67.220.123 208.67.222.220 208.67.220.222 OpenDNS
            208.67.222.2 208.67.220.2 2620:119:35::35 2620:119:53::53 2620:119:35::123 2620:119:53::123 OpenDNS
            94.140.14.14 94.140.15.15 94.140.14.15 94.140.15.16 94.140.14.140 94.140.14.141 AdGuard
            2a10:50c0::ad1:ff 2a10:50c0::ad2:ff 2a10:50c0::bad1:ff 2a10:50c0::bad2:ff 2a10:50c0::1:ff 2a10:50c0::2:ff AdGuard
            77.88.8.8 77.88.8.1 77.88.8.88 77.88.8.2 77.88.8.7 77.88.8.3 2a02:6b8::feed:ff 2a02:6b8:0:1::feed:ff Yandex
            4.2.2.1 4.2.2.2 4.2.2.3 4.2.2.4 4.2.2.5 4.2.2.6 209.244.0.3 209.244.0.4 Level 3
            64.6.64.6 64.6.65.6 156.154.70.1 156.154.71.1 2620:74:1b::1:1 2620:74:1c::2:2 Vercara
            8.26.56.26 8.20.247.20 Comodo
            84.200.69.80 84.200.70.40 DNS.WATCH
            185.228.168.9 185.228.169.9 185.228.168.10 185.228.169.11 185.228.168.168 185.228.169.168 CleanBrowsing
            223.5.5.5 223.6.6.6 2400:3200::1 2400:3200:baba::1 AliDNS
            119.29.29.29 119.28.28.28 180.76.76.76 114.114.114.114 114.114.115.115 of Chinese providers
            74.82.42.42 2001:470:20::2 Hurricane Electric
            193.110.81.0 185.253.5.0 dns0.eu
            76.76.2.0 76.76.10.0 ControlD
            45.90.28.0 45.90.30.0 NextDNS
            194.242.2.2 194.242.2.3 194.242.2.4 194.242.2.5 194.242.2.6 194.242.2.9 Mullvad
            80.80.80.80 80.80.81.81 195.46.39.39 195.46.39.40 216.146.35.35 216.146.36.36 of other providers
            """;

    private static final String ROOT_SERVERS =
            """
            198.41.0.4 2001:503:ba3e::2:30 170.247.170.2 199.9.14.201 2801:1b8:10::b 2001:500:200::b 192.33.4.12
            2001:500:2::c 199.7.91.13 2001:500:2d::d 192.203.230.10 2001:500:a8::e 192.5.5.241 2001:500:2f::f
            192.112.36.4 2001:500:12::d0d 198.97.190.53 2001:500:1::53 192.36.148.17 2001:7fe::53 192.58.128.30
            2001:503:c27::2:30 193.0.14.129 2001:7fd::1 199.7.83.42 2001:500:9f::42 202.12.27.33 2001:dc3::35
            """;

    private final Map<IpNetwork, Hit> networks = new HashMap<>();
    private final NavigableSet<Integer> prefixes = new TreeSet<>();

    /** @param own networks of the centre itself */
    ProtectedNetworks(List<IpNetwork> own) {
        own.forEach(network -> add(network, Reason.OWN, network + " is an own network"));
        RESOLVERS.lines().forEach(this::addResolvers);
        for (String address : ROOT_SERVERS.strip().split("\\s+", -1)) {
            add(network(address), Reason.ROOT, address + " is a server of the root of the DNS");
        }
        SPECIAL_USE.lines().forEach(line -> {
            String[] words = line.split(" ", 2);
            add(network(words[0]), Reason.SPECIAL_USE, words[0] + " is for special use (" + words[1] + ")");
        });
    }

    private void addResolvers(String line) {
        String[] words = line.split(" ", -1);
        int addresses = 0;
        while (IpNetwork.parse(words[addresses]).isPresent()) {
            addresses++;
        }
        String operator = String.join(" ", List.of(words).subList(addresses, words.length));
        for (int i = 0; i < addresses; i++) {
            add(network(words[i]), Reason.RESOLVER, words[i] + " is a public DNS resolver (" + operator + ")");
        }
    }

    private void add(IpNetwork network, Reason reason, String what) {
        networks.putIfAbsent(network, new Hit(reason, what));
        prefixes.add(network.prefix());
    }

    private static IpNetwork network(String text) {
        return IpNetwork.parse(text).orElseThrow(() -> new IllegalArgumentException("no network: " + text));
    }

    /** Why {@code given} is never blocked. */
    Optional<Hit> hit(IpNetwork given) {
        IpNetwork network = unmapped(given);
        int bits = network.address().length * 8;
        if (network.prefix() < (bits == 32 ? WIDEST_V4 : WIDEST_V6)) {
            return Optional.of(new Hit(
                    Reason.TOO_WIDE,
                    "a network wider than /" + WIDEST_V4 + " (IPv6 /" + WIDEST_V6 + ") is no indicator"));
        }
        // The narrowest first: an own network inside the private ones is named as such.
        for (int prefix : prefixes.headSet(network.prefix(), true).descendingSet()) {
            Hit hit = networks.get(network.wider(prefix));
            if (hit != null) {
                return Optional.of(hit);
            }
        }
        return network.prefix() == bits ? Optional.empty() : inside(network);
    }

    private Optional<Hit> inside(IpNetwork network) {
        return networks.entrySet().stream()
                .filter(one -> network.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .min(java.util.Comparator.comparing(Hit::reason).thenComparing(Hit::what));
    }

    /** An IPv4-mapped network (RFC 4291, section 2.5.5.2) is what it stands for. */
    private static IpNetwork unmapped(IpNetwork network) {
        byte[] bytes = network.address();
        if (bytes.length != 16 || network.prefix() < MAPPED_BITS || bytes[10] != -1 || bytes[11] != -1) {
            return network;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return network;
            }
        }
        return network((bytes[12] & 0xFF) + "." + (bytes[13] & 0xFF) + '.' + (bytes[14] & 0xFF) + '.'
                + (bytes[15] & 0xFF) + '/' + (network.prefix() - MAPPED_BITS));
    }

    /** The first address of each, to be held against expressions. */
    List<String> samples() {
        List<String> samples = new ArrayList<>(networks.size());
        networks.keySet().forEach(network -> {
            String text = network.toString();
            int slash = text.indexOf('/');
            samples.add(slash < 0 ? text : text.substring(0, slash));
        });
        return samples;
    }
}
