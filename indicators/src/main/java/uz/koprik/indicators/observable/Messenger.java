package uz.koprik.indicators.observable;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Accounts of messengers and social networks: {@code messenger:handle}. */
public final class Messenger {

    /** Other names of a messenger, as analysts and other tools write them. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("tg", "telegram"),
            Map.entry("wa", "whatsapp"),
            Map.entry("fb", "facebook"),
            Map.entry("vkontakte", "vk"),
            Map.entry("ig", "instagram"),
            Map.entry("insta", "instagram"),
            Map.entry("x", "twitter"),
            Map.entry("t.me", "telegram"),
            Map.entry("telegram.me", "telegram"),
            Map.entry("wa.me", "whatsapp"),
            Map.entry("vk.com", "vk"),
            Map.entry("facebook.com", "facebook"),
            Map.entry("instagram.com", "instagram"),
            Map.entry("twitter.com", "twitter"),
            Map.entry("x.com", "twitter"));

    /** Messengers whose accounts are phone numbers. */
    private static final Pattern BY_PHONE = Pattern.compile("whatsapp|viber|signal|imo|imessage");

    private static final Pattern TELEGRAM = Pattern.compile("[a-z][a-z0-9_]{2,31}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{1,31}");
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{4,19}");

    private static final Set<String> KNOWN = Set.of(
            "telegram",
            "whatsapp",
            "viber",
            "signal",
            "imo",
            "imessage",
            "facebook",
            "messenger",
            "instagram",
            "twitter",
            "vk",
            "ok",
            "skype",
            "wechat",
            "line",
            "kakaotalk",
            "discord",
            "tiktok",
            "snapchat",
            "threema",
            "wire",
            "session",
            "matrix",
            "jabber",
            "xmpp",
            "icq",
            "qq",
            "zalo",
            "linkedin",
            "max");

    private Messenger() {}

    /** Whether a word is the name of a known messenger; these are recognised in text. */
    public static boolean isKnown(String word) {
        String name = word.toLowerCase(Locale.ROOT);
        return KNOWN.contains(ALIASES.getOrDefault(name, name));
    }

    /** Whether the name of a known messenger stands before the first colon. */
    static boolean namesOne(String text) {
        return isKnown(text.substring(0, text.indexOf(':')));
    }

    /** {@code telegram:@name}, {@code whatsapp:+998…}, {@code https://t.me/name}; handles are lower case. */
    static String normalForm(ObservableKind kind, String raw) throws InvalidObservable {
        String text = Defang.refang(raw);
        boolean link = text.regionMatches(true, 0, "http://", 0, 7) || text.regionMatches(true, 0, "https://", 0, 8);
        if (link) {
            text = text.substring(text.indexOf("://") + 3);
            text = text.regionMatches(true, 0, "www.", 0, 4) ? text.substring(4) : text;
        }
        int cut = link ? text.indexOf('/') : text.indexOf(':');
        if (cut <= 0) {
            throw new InvalidObservable(kind, "messenger:handle is expected, such as telegram:@name");
        }
        String given = text.substring(0, cut).strip().toLowerCase(Locale.ROOT);
        String name = ALIASES.getOrDefault(given, link ? null : given);
        if (name == null || !NAME.matcher(name).matches()) {
            throw new InvalidObservable(kind, "not the name of a messenger");
        }
        String handle = text.substring(cut + 1).strip();
        if (link) {
            handle = handle.split("[/?#]", 2)[0];
        }
        return name + ':' + handle(kind, name, handle);
    }

    private static String handle(ObservableKind kind, String messenger, String given) throws InvalidObservable {
        String handle = given.startsWith("@") ? given.substring(1) : given;
        boolean phone = handle.startsWith("+") || BY_PHONE.matcher(messenger).matches();
        if (phone
                && (handle.startsWith("+")
                        || DIGITS.matcher(handle.replaceAll("[ ()-]", "")).matches())) {
            String digits = handle.startsWith("+") || handle.startsWith("00") ? handle : '+' + handle;
            return PhoneNumber.e164(kind, digits, null);
        }
        handle = handle.toLowerCase(Locale.ROOT);
        if (messenger.equals("telegram")) {
            if (DIGITS.matcher(handle).matches()) {
                return handle; // the number of an account, which stays when its name changes
            }
            if (!TELEGRAM.matcher(handle).matches()) {
                throw new InvalidObservable(kind, "a Telegram name has 3 to 32 letters, digits and underscores");
            }
            return '@' + handle;
        }
        boolean odd = handle.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
        if (handle.isEmpty() || handle.length() > 128 || odd) {
            throw new InvalidObservable(kind, "a handle of up to 128 characters without spaces is expected");
        }
        if (handle.startsWith("@")) {
            throw new InvalidObservable(kind, "a handle has one @ before it, or none");
        }
        return handle;
    }
}
