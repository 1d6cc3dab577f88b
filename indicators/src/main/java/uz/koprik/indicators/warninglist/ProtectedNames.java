package uz.koprik.indicators.warninglist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.koprik.indicators.observable.network.Hosts;
import uz.koprik.indicators.observable.network.PublicSuffix;
import uz.koprik.indicators.warninglist.ProtectedValues.Hit;
import uz.koprik.indicators.warninglist.ProtectedValues.Reason;

/**
 * Names that are never blocked. Response policy zones and sensors block a name with all names below it; so a name above
 * an own domain or a resolver is protected, too.
 *
 * <p>Names for documentation ({@code example}, {@code example.com} and its like) may be blocked. So may names below
 * {@code onion} (RFC 7686) and {@code alt} (RFC 9476): they are not in the DNS, so a block of them harms nobody, and
 * services of criminals have such names.
 */
final class ProtectedNames {

    private static final Set<String> DOCUMENTATION = Set.of("example", "example.com", "example.net", "example.org");

    private static final Set<String> OUTSIDE_DNS = Set.of("onion", "alt");

    /**
     * With all names below: the IANA registry of special-use domain names (RFC 6761), the private names of RFC 6762,
     * appendix G, and {@code internal}, which ICANN reserves.
     */
    private static final Set<String> SPECIAL_USE = Set.of(
            "arpa",
            "localhost",
            "local",
            "localdomain",
            "test",
            "invalid",
            "internal",
            "intranet",
            "private",
            "corp",
            "home",
            "lan");

    /** With all names below. */
    private static final Set<String> ROOT_SERVERS = Set.of("root-servers.net", "gtld-servers.net", "nstld.com");

    /** With all names below and all above. */
    private static final Set<String> RESOLVERS = words(
            """
            dns.google dns.google.com dns64.dns.google one.one.one.one cloudflare-dns.com 1dot1dot1dot1.cloudflare-dns.com
            dns.quad9.net dns9.quad9.net dns10.quad9.net dns11.quad9.net resolver1.opendns.com resolver2.opendns.com
            dns.opendns.com doh.opendns.com dns.umbrella.com doh.umbrella.com dns.adguard.com dns.adguard-dns.com
            unfiltered.adguard-dns.com family.adguard-dns.com dns.yandex.ru common.dot.dns.yandex.net dns.nextdns.io
            freedns.controld.com dns0.eu doh.cleanbrowsing.org dns.alidns.com doh.pub dot.pub dns.mullvad.net
            """);

    /**
     * Very large public domains whose owner runs all names below: without them mail, work, updates, certificates or
     * payments stop for many.
     */
    private static final Set<String> LARGE = words(
            """
            google.com youtube.com gmail.com gstatic.com googlevideo.com ggpht.com googletagmanager.com google-analytics.com
            doubleclick.net android.com chrome.com withgoogle.com google.ru google.kz google.kg google.com.tj google.tm
            google.co.uz google.com.tr google.de google.fr google.it google.es google.pl google.nl google.hu google.cz
            google.co.uk google.co.in google.co.jp google.com.br google.com.ua google.az google.ge google.am
            microsoft.com windows.com windowsupdate.com live.com office.com office.net office365.com outlook.com
            hotmail.com microsoftonline.com msftauth.net msn.com bing.com skype.com xbox.com visualstudio.com
            apple.com icloud.com mzstatic.com cdn-apple.com aaplimg.com
            facebook.com facebook.net fbcdn.net instagram.com cdninstagram.com whatsapp.com whatsapp.net messenger.com
            twitter.com x.com t.co twimg.com linkedin.com licdn.com telegram.org t.me tiktok.com tiktokcdn.com
            amazon.com amazon.co.uk amazon.de media-amazon.com wikipedia.org wikimedia.org netflix.com nflxvideo.net
            yandex.ru yandex.com yandex.net ya.ru mail.ru vk.com ok.ru rambler.ru baidu.com qq.com wechat.com taobao.com
            alipay.com jd.com yahoo.com yimg.com zoom.us adobe.com oracle.com ibm.com cisco.com intel.com samsung.com
            cloudflare.com akamai.net akamai.com akamaiedge.net akamaized.net edgekey.net edgesuite.net fastly.com
            fastly.net jsdelivr.net jquery.com
            digicert.com letsencrypt.org lencr.org globalsign.com sectigo.com verisign.com usertrust.com entrust.net
            mozilla.org mozilla.com mozilla.net firefox.com debian.org ubuntu.com kernel.org redhat.com fedoraproject.org
            python.org pypi.org npmjs.com npmjs.org docker.com docker.io apache.org maven.org
            kaspersky.com drweb.com eset.com virustotal.com
            paypal.com visa.com mastercard.com swift.com stripe.com ntp.org iana.org icann.org ietf.org ripe.net
            """);

    /** Very large public domains below which others have names or content: protected by themselves, and with www. */
    private static final Set<String> SHARED = words(
            """
            amazonaws.com cloudfront.net azure.com windows.net azureedge.net azurewebsites.net trafficmanager.net
            googleapis.com googleusercontent.com appspot.com drive.google.com docs.google.com sites.google.com
            github.com githubusercontent.com raw.githubusercontent.com gitlab.com bitbucket.org sourceforge.net
            wordpress.com blogger.com medium.com tumblr.com weebly.com wix.com squarespace.com shopify.com
            dropbox.com dropboxusercontent.com sharepoint.com box.com mediafire.com mega.nz pastebin.com archive.org
            discord.com discordapp.com cdn.discordapp.com discord.gg slack.com reddit.com pinterest.com quora.com
            stackoverflow.com spotify.com twitch.tv ebay.com aliexpress.com alibaba.com booking.com bit.ly tinyurl.com
            herokuapp.com vercel.app netlify.app godaddy.com cloudflare.net salesforce.com atlassian.net
            """);

    private final Set<String> own;
    private final Set<String> aboveOwn;
    private static final Set<String> ABOVE_RESOLVERS = above(RESOLVERS);

    /** @param own domains of the centre itself, in normal form */
    ProtectedNames(List<String> own) {
        this.own = Set.copyOf(own);
        this.aboveOwn = above(this.own);
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1)).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> above(Set<String> names) {
        Set<String> above = new HashSet<>();
        names.forEach(name -> above.addAll(Hosts.above(name)));
        return above;
    }

    /**
     * Why a name is never blocked.
     *
     * @param name in normal form; a single label, too
     */
    Optional<Hit> hit(String name) {
        Optional<String> ours = in(own, name);
        if (ours.isPresent()) {
            return hit(Reason.OWN, ours.get() + " is an own domain");
        }
        if (aboveOwn.contains(name)) {
            return hit(Reason.OWN, "an own domain lies below this name");
        }
        if (in(DOCUMENTATION, name).isPresent()) {
            return Optional.empty();
        }
        Optional<String> special = in(SPECIAL_USE, name);
        if (special.isPresent()) {
            return hit(Reason.SPECIAL_USE, special.get() + " and all names below are for special use");
        }
        if (name.indexOf('.') < 0) {
            return hit(Reason.ROOT, "a name of one label is a top-level name");
        }
        if (in(OUTSIDE_DNS, name).isPresent()) {
            return Optional.empty();
        }
        Optional<String> root = in(ROOT_SERVERS, name);
        if (root.isPresent()) {
            return hit(Reason.ROOT, root.get() + " serves the root and top-level names");
        }
        Optional<String> resolver = in(RESOLVERS, name);
        if (resolver.isPresent()) {
            return hit(Reason.RESOLVER, resolver.get() + " is a public DNS resolver");
        }
        return large(name);
    }

    private static Optional<Hit> large(String name) {
        if (SHARED.contains(name)) {
            return hit(Reason.LARGE_DOMAIN, name + " is a very large public domain");
        }
        if (name.startsWith("www.") && SHARED.contains(name.substring(4))) {
            return hit(Reason.LARGE_DOMAIN, name.substring(4) + " is a very large public domain");
        }
        Optional<String> large = in(LARGE, name);
        if (large.isPresent()) {
            // Below a public suffix inside, such as blob hosts, names are those of customers.
            return PublicSuffix.length(name) > large.get().length() && !PublicSuffix.is(name)
                    ? Optional.empty()
                    : hit(Reason.LARGE_DOMAIN, large.get() + " is a very large public domain");
        }
        if (PublicSuffix.is(name)) {
            return hit(Reason.PUBLIC_SUFFIX, name + " is a public suffix, below which anybody registers names");
        }
        return ABOVE_RESOLVERS.contains(name)
                ? hit(Reason.RESOLVER, "a public DNS resolver lies below this name")
                : Optional.empty();
    }

    /** The entry that a name is, or lies below. */
    private static Optional<String> in(Set<String> entries, String name) {
        if (entries.contains(name)) {
            return Optional.of(name);
        }
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            String above = name.substring(dot + 1);
            if (entries.contains(above)) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }

    private static Optional<Hit> hit(Reason reason, String what) {
        return Optional.of(new Hit(reason, what));
    }

    /** Names to be held against expressions. */
    List<String> samples() {
        List<String> samples = new ArrayList<>();
        Stream.of(own, SPECIAL_USE, RESOLVERS, LARGE, SHARED).forEach(samples::addAll);
        LARGE.forEach(name -> samples.add("www." + name));
        return samples;
    }
}
