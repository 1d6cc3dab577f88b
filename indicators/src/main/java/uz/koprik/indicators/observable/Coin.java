package uz.koprik.indicators.observable;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of coins and tokens, and the families of addresses they are kept at. A family is named after the coin that
 * introduced its form or is reported most often under it: an address that is valid on several chains is one address
 * with one owner.
 */
final class Coin {

    private static final String TEST = "-test";

    private static final Map<String, Set<String>> FAMILIES = new HashMap<>();

    static {
        put(Set.of("btc:1", "btc:3"), "omni");
        put(Set.of("btc"), "btc", "xbt", "bitcoin", "lightning");
        put(Set.of("btc:1", "btc:3"), "bsv", "bitcoinsv");
        put(Set.of("btc:1", "btc:3", "bch"), "bch", "bitcoincash", "bchtest");
        // The first P2SH addresses of several coins start with 3, as those of Bitcoin do.
        put(Set.of("ltc", "btc:3", "qtum:Q"), "ltc", "litecoin");
        put(Set.of("doge"), "doge", "dogecoin", "xdg");
        put(Set.of("doge:D"), "xvg", "verge");
        put(Set.of("dgb", "doge:D", "btc:3"), "dgb", "digibyte");
        put(Set.of("doge:D", "dgb:S", "nmc:6"), "pivx");
        put(Set.of("dash"), "dash");
        put(Set.of("zec"), "zec", "zcash", "zcl", "zclassic", "btcz", "bitcoinz", "hush", "vot", "votecoin");
        put(Set.of("zen"), "zen", "horizen", "zencash");
        put(Set.of("btg"), "btg", "bitcoingold");
        put(Set.of("btg:G", "btc:3"), "grlc", "garlicoin");
        put(Set.of("btg:A", "xpm"), "xpm", "primecoin");
        put(Set.of("ltc:M", "btc:3"), "mec", "megacoin");
        put(Set.of("btc:1", "btc:3"), "frc", "freicoin");
        put(Set.of("blk", "btc:3"), "bvc", "beavercoin");
        put(Set.of("blk"), "blk", "blackcoin");
        put(Set.of("blk", "bio"), "bio", "biocoin");
        put(Set.of("pts", "btc:3"), "pts", "protoshares");
        put(Set.of("slr", "btc:3"), "slr", "solarcoin");
        put(Set.of("btcp"), "btcp", "bitcoinprivate");
        put(Set.of("sng", "zec-test"), "sng", "snowgem");
        put(Set.of("kmd:b"), "lbc", "lbry", "lbry credits");
        put(Set.of("neo", "btg:A"), "neo", "neogas");
        put(Set.of("btg:A", "btc:3"), "aur", "auroracoin");
        put(Set.of("qtum", "ltc:M"), "qtum");
        put(Set.of("nmc"), "nmc", "namecoin");
        put(Set.of("ppc"), "ppc", "peercoin");
        put(Set.of("vtc", "btc:3"), "vtc", "vertcoin");
        put(Set.of("rvn"), "rvn", "ravencoin");
        put(Set.of("rvn:R", "kmd"), "kmd", "komodo");
        put(
                Set.of("eth"),
                "eth",
                "ethereum",
                "etc",
                "ethereumclassic",
                "ethw",
                "bsc",
                "bnb",
                "arb",
                "arbitrum",
                "matic",
                "pol",
                "polygon",
                "avax",
                "avalanche",
                "sonic",
                "berachain",
                "flare",
                "binance",
                "binancesmartchain",
                "op",
                "optimism",
                "base",
                "ftm",
                "celo",
                "gnosis",
                "linea",
                "evm",
                "ethereumpow",
                "etherzero",
                "etz",
                "callisto",
                "clo",
                "expanse",
                "exp",
                "vechain",
                "vet",
                "bera",
                "story",
                "ip",
                "s",
                "flr",
                "yfi",
                "mana",
                "bankex",
                "bkx",
                "xtp",
                "tap",
                "game",
                "erc20",
                "erc-20",
                "bep20",
                "bep-20",
                "shib",
                "link",
                "dai");
        put(Set.of("trx"), "trx", "tron", "trc20", "trc-20");
        put(Set.of("eth", "trx", "btc:1", "btc:3", "ton", "sol", "algo", "xtz", "dot"), "usdt", "tether");
        put(Set.of("eth", "trx", "sol", "algo", "xlm"), "usdc");
        put(Set.of("xrp"), "xrp", "ripple");
        put(Set.of("xmr"), "xmr", "monero");
        put(Set.of("ada"), "ada", "cardano");
        put(Set.of("ton"), "ton", "toncoin");
        put(Set.of("sol"), "sol", "solana", "bonk");
        put(Set.of("waves"), "waves");
        put(Set.of("sia"), "sia", "siacoin", "sc");
        put(Set.of("oxen"), "oxen", "loki");
        put(Set.of("cro"), "cro", "cronos");
        put(Set.of("apt"), "apt", "aptos");
        put(Set.of("xlm"), "xlm", "stellar");
        put(Set.of("dot", "substrate", "ksm"), "dot", "polkadot");
        put(Set.of("ksm", "substrate"), "ksm", "kusama");
        put(Set.of("substrate"), "substrate");
        put(Set.of("xtz"), "xtz", "tezos");
        put(Set.of("algo"), "algo", "algorand");
        put(Set.of("nano"), "nano", "xno", "xrb", "raiblocks");
        put(Set.of("xem"), "xem", "nem");
        for (String family : Set.of(
                "btc", "bch", "ltc", "doge", "dash", "zec", "zen", "qtum", "xmr", "ada", "ton", "xem", "xrp", "waves",
                "cro", "btcp")) {
            put(Set.of(family + TEST), family + TEST);
        }
        put(Set.of("btc-test"), "tbtc", "testnet");
    }

    private Coin() {}

    /**
     * The families of addresses at which that coin is kept, some with the first letter of the address ({@code btc:3});
     * null when the word is not the name of a coin.
     */
    static Set<String> families(String word) {
        return FAMILIES.get(word.toLowerCase(Locale.ROOT));
    }

    /** Whether the test network of a family writes addresses as that of Bitcoin does. */
    static boolean sharesTestForms(String family) {
        int colon = family.indexOf(':');
        return switch (colon < 0 ? family : family.substring(0, colon)) {
            case "btc",
                    "bch",
                    "ltc",
                    "doge",
                    "btg",
                    "vtc",
                    "ppc",
                    "nmc",
                    "blk",
                    "pts",
                    "xpm",
                    "ltc-test",
                    "bch-test",
                    "doge-test" -> true;
            default -> false;
        };
    }

    private static void put(Set<String> families, String... names) {
        for (String name : names) {
            FAMILIES.put(name, families);
        }
    }
}
