package uz.koprik.gateway.partners;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CardFacts;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * What the gateways of one centre say to each other of the cards of partners. A partner names its number to one
 * gateway, and each gateway has a trust list of its own.
 */
public final class SharedCardNews {

    /** The highest number of each partner that any gateway has on its trust list. */
    static final String PAPER = "cards/partners.json";

    private static final Logger LOG = LoggerFactory.getLogger(SharedCardNews.class);

    private final StateStore papers;
    private final CardNews news;
    private final Supplier<TrustList> list;

    /**
     * @param papers what the gateways share
     * @param news learns of numbers that other gateways have
     * @param list the trust list of this gateway as it is now
     */
    public SharedCardNews(StateStore papers, CardNews news, Supplier<TrustList> list) {
        this.papers = papers;
        this.news = news;
        this.list = list;
    }

    /** Reads what others know and adds what this gateway knows. Blocks; call it every few seconds. */
    public void tend() {
        try {
            exchange();
        } catch (StoreUnavailable away) {
            LOG.debug("the numbers of cards are not shared now", away);
        }
    }

    private void exchange() throws StoreUnavailable {
        Optional<StateStore.Paper> paper = papers.read(PAPER);
        Map<String, Long> known = new TreeMap<>();
        paper.ifPresent(found -> read(found.content(), known));
        boolean changed = false;
        TrustList now = list.get();
        for (TrustedCentre centre : now.centres()) {
            String name = centre.name();
            long held = now.card(name).map(CardFacts::sequence).orElse(0L);
            long others = known.getOrDefault(name, 0L);
            if (name.equals(now.owner())) {
                continue;
            }
            if (others > held) {
                news.heard(name, Long.toString(others));
            } else if (held > others) {
                known.put(name, held);
                changed = true;
            }
        }
        if (changed) {
            JsonObject.Builder json = JsonObject.builder();
            known.forEach(json::put);
            // When another gateway writes at the same moment, the next turn does it.
            papers.replace(PAPER, paper.map(StateStore.Paper::version).orElse(""), CanonicalJson.bytes(json.build()));
        }
    }

    private static void read(byte[] content, Map<String, Long> into) {
        try {
            JsonObject json = StrictJson.parseObject(content);
            for (String name : json.names()) {
                if (json.get(name) instanceof JsonNumber number && number.integer()) {
                    into.put(name, number.longValue());
                }
            }
        } catch (MalformedJson damaged) {
            LOG.warn("the shared numbers of cards are damaged and begin anew: {}", damaged.getMessage());
        }
    }
}
