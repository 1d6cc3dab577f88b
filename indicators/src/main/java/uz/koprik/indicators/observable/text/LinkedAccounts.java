package uz.koprik.indicators.observable.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

/** The accounts that links of messengers and social networks lead to. */
final class LinkedAccounts {

    private static final Map<String, String> SERVICES = Map.ofEntries(
            Map.entry("t.me", "telegram"),
            Map.entry("telegram.me", "telegram"),
            Map.entry("telegram.dog", "telegram"),
            Map.entry("wa.me", "whatsapp"),
            Map.entry("vk.com", "vk"),
            Map.entry("vk.ru", "vk"),
            Map.entry("instagram.com", "instagram"),
            Map.entry("facebook.com", "facebook"),
            Map.entry("twitter.com", "twitter"),
            Map.entry("x.com", "twitter"));

    /** First parts of paths that name no account. */
    private static final Set<String> PAGES =
            Set.of(("joinchat share addstickers addtheme proxy socks setlanguage iv c s"
                            + " login home explore search intent hashtag i tos privacy help about legal groups watch events"
                            + " pages story.php profile.php permalink.php sharer sharer.php photo.php media p reel reels stories"
                            + " feed friends video music docs im wall al_im.php away.php settings messages notifications"
                            + " message qr catalog contact addlist boost invoice confirmphone")
                    .split(" ", -1));

    private static final Pattern LINK = Pattern.compile(
            "https?://(?:www\\.|m\\.)?([a-z.]+)/@?([A-Za-z0-9_.+-]{2,64})/?(?:[?#].*|/[0-9]+(?:[?#].*)?)?");

    private static final Pattern SEND = Pattern.compile(
            "https?://(?:api|web)\\.whatsapp\\.com/send/?\\?(?:.*&)?phone=(?:%2B|\\+)?([0-9]{7,15})(?:&.*)?");

    private LinkedAccounts() {}

    /** The account of a URL in normal form, and its phone number where the account is one. */
    static List<Observable> of(Observable url) {
        List<Observable> found = new ArrayList<>(2);
        if (!url.value().startsWith("http")) {
            return found;
        }
        Matcher send = SEND.matcher(url.value());
        Matcher link = LINK.matcher(url.value());
        if (send.matches()) {
            phone(found, "whatsapp", send.group(1));
        } else if (link.matches()) {
            String service = SERVICES.get(link.group(1));
            String name = link.group(2);
            if (service == null || PAGES.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                return found;
            }
            String digits = name.startsWith("+") ? name.substring(1) : name;
            boolean number = digits.length() >= 7 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            if (number && (service.equals("whatsapp") || service.equals("telegram"))) {
                phone(found, service, digits);
            } else if (!service.equals("whatsapp") && !name.startsWith("+") && name.indexOf('+') < 0) {
                add(found, ObservableKind.MESSENGER, service + ":@" + name);
            }
        }
        return found;
    }

    private static void phone(List<Observable> found, String service, String digits) {
        add(found, ObservableKind.MESSENGER, service + ":+" + digits);
        add(found, ObservableKind.PHONE, "+" + digits);
    }

    private static void add(List<Observable> found, ObservableKind kind, String text) {
        try {
            found.add(kind.normalise(text));
        } catch (InvalidObservable e) {
            // no account of that service
        }
    }
}
