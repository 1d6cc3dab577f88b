package uz.koprik.indicators.observable.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.indicators.observable.Observable;

class NetworkKeyTest {

    private static Observable value(String key) {
        return Observable.ofKey(key);
    }

    @ParameterizedTest
    @CsvSource({
        "domain:example.com,   domain:www.example.com,           true",
        "domain:example.com,   domain:a.b.example.com,           true",
        "domain:example.com,   domain:example.com,               false",
        "domain:example.com,   domain:example.com.example.net,   false",
        "domain:example.com,   domain:notexample.com,            false",
        "domain:example.com,   url:https://example.com/a,        true",
        "domain:example.com,   url:https://x@w.example.com:81/,  true",
        "domain:example.com,   url:https://example.net/example.com, false",
        "domain:example.com,   email:anna@example.com,           true",
        "domain:example.com,   email:anna@mail.example.com,      true",
        "ipv4:192.0.2.1,       email:anna@[192.0.2.1],           true",
        "cidr:2001:db8::/33,   email:anna@[IPv6:2001:db8::1],    true",
        "ipv4:192.0.2.1,       url:http://192.0.2.1/x,           true",
        "ipv4:192.0.2.1,       url:http://192.0.2.11/x,          false",
        "ipv6:2001:db8::1,     url:http://[2001:db8::1]:8080/x,  true",
        "cidr:192.0.2.0/24,    ipv4:192.0.2.0,                   true",
        "cidr:192.0.2.0/24,    ipv4:192.0.2.255,                 true",
        "cidr:192.0.2.0/24,    ipv4:192.0.3.0,                   false",
        "cidr:192.0.2.0/24,    ipv4:192.0.1.255,                 false",
        "cidr:192.0.2.0/24,    cidr:192.0.2.128/25,              true",
        "cidr:192.0.2.0/24,    url:http://192.0.2.9/,            true",
        "cidr:0.0.0.0/0,       ipv4:0.0.0.0,                     true",
        "cidr:0.0.0.0/0,       ipv4:255.255.255.255,             true",
        "cidr:2001:db8::/33,   ipv6:2001:db8:7fff::1,            true",
        "cidr:2001:db8::/33,   ipv6:2001:db8:8000::1,            false",
    })
    void whatLiesWhere(String outer, String inner, boolean within) {
        assertEquals(
                within,
                NetworkKey.within(value(outer))
                        .orElseThrow()
                        .has(NetworkKey.of(value(inner)).orElseThrow()));
    }

    @Test
    void hashesLieNowhere() {
        assertEquals(Optional.empty(), NetworkKey.ofKey("md5:" + "ab".repeat(16)));
        assertEquals(Optional.empty(), NetworkKey.within(value("email:anna@example.com")));
        assertEquals(Optional.empty(), NetworkKey.ofKey("no key at all"));
        assertTrue(NetworkKey.of(value("phone:+998901234567")).isEmpty());
    }

    @Test
    void domainsAbove() {
        assertEquals(List.of("b.example.com", "example.com", "com"), Hosts.above("a.b.example.com"));
        assertEquals(List.of(), Hosts.above("localhost"));
    }
}
