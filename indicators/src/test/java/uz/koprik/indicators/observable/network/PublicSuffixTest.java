package uz.koprik.indicators.observable.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.net.InternetDomainName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a registered name begins. */
class PublicSuffixTest {

    @Test
    void ofANameAndOfEachAboveIt() {
        for (String domain : List.of(
                "uz",
                "co.uk",
                "example.co.uk",
                "a.b.example.co.uk",
                "github.io",
                "me.github.io",
                "b.ck",
                "a.b.ck",
                "x.a.b.ck",
                "www.ck",
                "x.www.ck",
                "login.example.com",
                "a_b.example.co.uk",
                "-odd-.example.co.uk",
                "example.nosuchsuffix",
                "a.example.nosuchsuffix")) {
            int length = PublicSuffix.length(domain);
            for (String name = domain; !name.isEmpty(); name = name.substring(name.indexOf('.') + 1)) {
                boolean suffix = name.indexOf('.') < 0
                        || (InternetDomainName.isValid(name)
                                && InternetDomainName.from(name).isPublicSuffix());
                assertEquals(suffix, name.length() <= length, name + " of " + domain);
                assertEquals(suffix, PublicSuffix.is(name), name);
                if (name.indexOf('.') < 0) {
                    break;
                }
            }
        }
    }
}
