package uz.koprik.indicators.observable.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.IpAddress;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

class HostsTest {

    /** By the algorithm of WHATWG URL, "IPv4 parser". */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0xC0000205 | 192.0.2.5",
                "0xc0.0.2.5 | 192.0.2.5",
                "3221225989 | 192.0.2.5",
                "0300.0.2.5 | 192.0.2.5",
                "192.0.517 | 192.0.2.5",
                "192.517 | 192.0.2.5",
                "192.0.2.5. | 192.0.2.5",
                "0 | 0.0.0.0",
                "0x | 0.0.0.0",
                "4294967295 | 255.255.255.255",
                "4294967296 | ''",
                "256.0.0.1 | ''",
                "192.0.2.256 | ''",
                "1.2.3.4.5 | ''",
                "08.0.0.1 | ''",
                "192..2.5 | ''",
                "0xzz | ''",
                "a.example | ''",
                "1.example | ''",
            })
    void readsNumbersAsBrowsersDo(String host, String address) {
        assertEquals(address, IpAddress.asBrowsersRead(host).orElse(""));
    }

    @Test
    void theHostOfAUrlIsTheAddressAndTheUrlStays() throws InvalidObservable {
        Observable url = ObservableKind.URL.normalise("HTTP://user@0xC0000205:80/A");
        assertEquals("http://user@0xc0000205/A", url.value());
        assertEquals(
                new Observable(ObservableKind.IPV4, "192.0.2.5"), Hosts.of(url).orElseThrow());
        assertEquals("http://user@192.0.2.5/A", url.comparedAs().value());
        assertEquals(url, ObservableKind.URL.normalise(url.value()), "its own normal form");
        assertEquals(url.comparedAs(), url.comparedAs().comparedAs());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.example:443 | a.example | 443",
                "[2001:db8::1]:443 | 2001:db8::1 | 443",
                "[2001:db8::1] | 2001:db8::1 | -1",
                "2001:db8::1 | 2001:db8::1 | -1",
                "a.example:70000 | a.example:70000 | -1",
                "a.example: | a.example: | -1",
                ":443 | :443 | -1",
                "[2001:db8::1]x | [2001:db8::1]x | -1",
                "[ | [ | -1",
                "a.example | a.example | -1",
            })
    void takesHostAndPortApart(String text, String host, int port) {
        assertEquals(new HostPort(host, port < 0 ? OptionalInt.empty() : OptionalInt.of(port)), HostPort.of(text));
    }

    @Test
    void starsNameNetworks() throws InvalidObservable {
        assertEquals(
                "cidr:192.0.2.0/24", ObservableKind.IPV4.normalise("192.0.2.*").key());
        assertEquals(
                "cidr:192.0.0.0/16", ObservableKind.CIDR.normalise("192.0.*.*").key());
    }
}
