package uz.koprik.gateway.sessions;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.auth.Account;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/** Language and theme of the console by account: a paper each. Safe for use by many threads at once. */
final class Preferences {

    /** The languages of the console (BCP 47). */
    static final List<String> LANGUAGES = List.of("uz-Latn", "uz-Cyrl", "ru", "en", "hu", "ko");

    /** The themes of the console; system follows the device. */
    static final List<String> THEMES = List.of("system", "light", "dark");

    private static final Logger LOG = LoggerFactory.getLogger(Preferences.class);

    private final StateStore stateStore;

    Preferences(StateStore stateStore) {
        this.stateStore = stateStore;
    }

    /**
     * What somebody set.
     *
     * @param language one of {@link #LANGUAGES}; absent when the browser decides
     * @param theme one of {@link #THEMES}; absent when the browser decides
     */
    record Choice(Optional<String> language, Optional<String> theme) {}

    /** What an account set last. Blocks. */
    Choice of(String account) throws StoreUnavailable {
        return stateStore
                .read(paper(account))
                .map(Preferences::read)
                .orElseGet(() -> new Choice(Optional.empty(), Optional.empty()));
    }

    /** Sets it; the last change stays. Blocks. */
    void set(String account, Choice choice) throws StoreUnavailable {
        JsonObject.Builder json = JsonObject.builder();
        choice.language().ifPresent(language -> json.put("language", language));
        choice.theme().ifPresent(theme -> json.put("theme", theme));
        byte[] content = CanonicalJson.bytes(json.build());
        boolean written = false;
        while (!written) {
            String version = stateStore
                    .read(paper(account))
                    .map(StateStore.Paper::version)
                    .orElse("");
            written = stateStore.replace(paper(account), version, content).isPresent();
        }
    }

    /** A damaged choice is none: nothing depends on it. */
    private static Choice read(StateStore.Paper paper) {
        try {
            JsonObject json = StrictJson.parseObject(paper.content());
            return new Choice(
                    json.string("language").filter(LANGUAGES::contains),
                    json.string("theme").filter(THEMES::contains));
        } catch (MalformedJson damaged) {
            LOG.warn("{} is damaged, so that language and theme are those of the browser", paper.name());
            return new Choice(Optional.empty(), Optional.empty());
        }
    }

    private static String paper(String account) {
        if (!account.matches(Account.NAME)) {
            throw new IllegalArgumentException("no account has that name");
        }
        return "preferences/" + account + ".json";
    }
}
