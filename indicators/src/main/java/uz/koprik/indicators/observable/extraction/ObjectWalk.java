package uz.koprik.indicators.observable.extraction;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonPointer;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.observable.Ascii;
import uz.koprik.indicators.observable.Hash;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Messenger;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.extraction.ObservableExtraction.FoundValue;
import uz.koprik.indicators.observable.extraction.ObservableExtraction.SkippedValue;
import uz.koprik.indicators.observable.forms.CveId;

/** Walks one STIX object and tries the values whose path some kind has. */
final class ObjectWalk {

    /** Types of objects that hold values; all others are skipped at once. */
    private static final Set<String> TYPES = new HashSet<>();

    static {
        for (ObservableKind kind : ObservableKind.values()) {
            kind.stixPaths().forEach(path -> TYPES.add(path.substring(0, path.indexOf(':'))));
        }
    }

    private final Normalisation context;
    private final List<FoundValue> found;
    private final List<SkippedValue> skipped;

    ObjectWalk(Normalisation context, List<FoundValue> found, List<SkippedValue> skipped) {
        this.context = context;
        this.found = found;
        this.skipped = skipped;
    }

    void object(JsonObject object, String pointer) {
        String type = object.string("type").orElse("");
        switch (type) {
            case "observed-data" ->
                object.object("objects").ifPresent(map -> {
                    for (int i = 0; i < map.size(); i++) {
                        if (map.value(i) instanceof JsonObject inner && !"observed-data".equals(typeOf(inner))) {
                            object(inner, pointer + "/objects/" + JsonPointer.token(map.name(i)));
                        }
                    }
                });
            case "indicator" -> {
                if (object.string("pattern_type").orElse("").equals("stix")) {
                    object.string("pattern").ifPresent(p -> new PatternWalk(this, skipped).pattern(p, "/pattern"));
                }
            }
            case "user-account" -> userAccount(object, pointer);
            case "vulnerability" -> vulnerability(object, pointer);
            default -> {
                if (TYPES.contains(type)) {
                    members(object, type + ':', pointer);
                }
                if (type.equals("bank-account")) {
                    qualifiedAccount(object, pointer);
                }
            }
        }
    }

    private void members(JsonObject object, String path, String pointer) {
        for (int i = 0; i < object.size(); i++) {
            String name = object.name(i);
            Json value = object.value(i);
            String step = path + (path.endsWith(":") ? "" : ".");
            if (value instanceof JsonObject inner
                    && (name.equals("hashes") || name.equals("extensions") || path.contains(":extensions"))) {
                members(inner, step + quoted(name), pointer + '/' + JsonPointer.token(name));
            } else if (value instanceof JsonArray list && path.endsWith(".request_header")) {
                texts(list, ObservableKind.ofStixPath(step + quoted(name)), pointer + '/' + JsonPointer.token(name));
            } else if (value instanceof JsonString || value instanceof JsonNumber) {
                String known = path.endsWith("hashes") ? Hash.stixName(name) : name;
                List<ObservableKind> kinds = ObservableKind.ofStixPath(step + quoted(known));
                if (!kinds.isEmpty()) {
                    value(text(value), kinds, pointer + '/' + JsonPointer.token(name));
                }
            }
        }
    }

    /** Headers of a request may come several times (STIX 2.1, section 6.12.2). */
    private void texts(JsonArray list, List<ObservableKind> kinds, String pointer) {
        for (int i = 0; i < list.items().size() && !kinds.isEmpty(); i++) {
            if (list.items().get(i) instanceof JsonString text) {
                value(text.value(), kinds, pointer + '/' + i);
            }
        }
    }

    /** Takes the first of {@code kinds} that fits, or else what the text plainly is. */
    void value(String text, List<ObservableKind> kinds, String pointer) {
        InvalidObservable first = null;
        for (ObservableKind kind : kinds) {
            try {
                found.add(new FoundValue(kind.normalise(text, context), pointer, false));
                return;
            } catch (InvalidObservable e) {
                first = first == null ? e : first;
            }
        }
        Optional<Observable> loose = LooseValue.read(text, kinds);
        if (loose.isPresent()) {
            found.add(new FoundValue(loose.get(), pointer, true));
        } else if (first != null) {
            skipped.add(new SkippedValue(pointer, Optional.of(first.kind()), first.reason()));
        }
    }

    /** A login says nothing without the service it is for. */
    private void userAccount(JsonObject object, String pointer) {
        String type = object.string("account_type").orElse("");
        for (String name : List.of("account_login", "user_id")) {
            Optional<String> login = object.string(name);
            if (login.isPresent() && Messenger.isKnown(type)) {
                value(type + ':' + login.get(), List.of(ObservableKind.MESSENGER), pointer + '/' + name);
            } else if (login.isPresent() && type.isEmpty()) {
                skipped.add(new SkippedValue(
                        pointer + '/' + name,
                        Optional.of(ObservableKind.MESSENGER),
                        "account_type does not say of which service this is an account"));
            }
        }
    }

    /** Its name, or the reference to the CVE list; other names of vulnerabilities are of no kind. */
    private void vulnerability(JsonObject object, String pointer) {
        if (object.string("name").filter(CveId::looksLikeOne).isPresent()) {
            value(object.string("name").get(), List.of(ObservableKind.CVE), pointer + "/name");
            return;
        }
        int number = 0;
        for (Json one : object.items("external_references")) {
            if (one instanceof JsonObject reference
                    && reference.string("source_name").orElse("").equalsIgnoreCase("cve")
                    && reference.string("external_id").isPresent()) {
                value(
                        reference.string("external_id").get(),
                        List.of(ObservableKind.CVE),
                        pointer + "/external_references/" + number + "/external_id");
            }
            number++;
        }
    }

    /** Short account numbers are unique only within a bank, so a known bank adds a second, longer value. */
    private void qualifiedAccount(JsonObject object, String pointer) {
        Optional<String> account = object.string("account_number");
        Optional<String> bic = object.string("bic").map(String::strip);
        if (account.isPresent() && bic.isPresent() && bic.get().length() >= 8) {
            value(
                    bic.get().substring(4, 6) + '/' + bic.get() + '/' + account.get(),
                    List.of(ObservableKind.BANK_ACCOUNT),
                    pointer + "/account_number");
        }
    }

    private static String text(Json value) {
        return value instanceof JsonString s ? s.value() : uz.koprik.crypto.json.CanonicalJson.text(value);
    }

    private static String typeOf(JsonObject object) {
        return object.string("type").orElse("");
    }

    /** As a path of a pattern writes a name: in quotes unless it is a plain word. */
    private static String quoted(String name) {
        boolean plain = !name.isEmpty()
                && !Ascii.isDigit(name.charAt(0))
                && name.chars().allMatch(c -> c == '_' || Ascii.isLetter(c) || Ascii.isDigit(c));
        return plain ? name : '\'' + name.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }
}
