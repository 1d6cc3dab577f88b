package uz.koprik.indicators.observable;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of coins and tokens, and the families of addresses they are kept at. A family is named after the coin that
 * introduced its form: an address that is valid on several chains is one address with one owner.
 */
final class Coin {

    private static final Map<String, Set<String>> FAMILIES = new HashMap<>();

    static {
        put(Set.of("btc"), "btc", "xbt", "bitcoin", "bsv", "bitcoinsv", "lightning");
        put(Set.of("btc", "bch"), "bch", "bitcoincash");
        put(Set.of("ltc", "btc"), "ltc", "litecoin"); // "btc" for the first P2SH addresses, which start with 3
        put(Set.of("doge"), "doge", "dogecoin", "xdg", "xvg", "verge");
        put(Set.of("dash"), "dash");
        put(Set.of("zec"), "zec", "zcash");
        put(Set.of("btg"), "btg", "bitcoingold");
        put(
                Set.of("eth"),
                "eth",
                "ethereum",
                "etc",
                "bsc",
                "bnb",
                "arb",
                "arbitrum",
                "matic",
                "polygon",
                "avax",
                "op",
                "base",
                "erc20",
                "erc-20",
                "bep20",
                "bep-20",
                "dai");
        put(Set.of("trx"), "trx", "tron", "trc20", "trc-20");
        put(Set.of("eth", "trx", "btc", "ton", "sol"), "usdt", "tether");
        put(Set.of("eth", "trx", "sol"), "usdc");
        put(Set.of("xrp"), "xrp", "ripple");
        put(Set.of("xmr"), "xmr", "monero");
        put(Set.of("ada"), "ada", "cardano");
        put(Set.of("ton"), "ton", "toncoin");
        put(Set.of("sol"), "sol", "solana");
    }

    private Coin() {}

    /** The families of addresses at which that coin is kept, or null when the word is not the name of a coin. */
    static Set<String> families(String word) {
        return FAMILIES.get(word.toLowerCase(Locale.ROOT));
    }

    private static void put(Set<String> families, String... names) {
        for (String name : names) {
            FAMILIES.put(name, families);
        }
    }
}
