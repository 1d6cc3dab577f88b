package uz.koprik.indicators.observable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.Oracles;
import uz.koprik.indicators.observable.text.Recognition;

class WalletTest {

    /** A payment id of Monero among the addresses: 32 bytes in hexadecimal, which say nothing of a wallet. */
    private static final Set<String> NOT_ADDRESSES =
            Set.of("5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320");

    /** An address of Tron that was published as one of Bitcoin. */
    private static final String UNDER_THE_WRONG_COIN = "TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq";

    @Test
    void takesEveryPublishedAddressInItsCoinAndFindsItAgain() throws Exception {
        List<String> refused = new ArrayList<>();
        int taken = 0;
        List<Path> files;
        try (Stream<Path> folder = Files.list(Oracles.path("real/ofac-wallets"))) {
            files = folder.sorted().toList();
        }
        for (Path file : files) {
            String coin = file.getFileName().toString().replaceAll(".*_|\\.txt", "");
            for (String address : Files.readAllLines(file)) {
                if (NOT_ADDRESSES.contains(address)) {
                    assertThrows(InvalidObservable.class, () -> ObservableKind.WALLET.normalise(address));
                    continue;
                }
                if (address.equals(UNDER_THE_WRONG_COIN)) {
                    assertThrows(InvalidObservable.class, () -> ObservableKind.WALLET.normalise("XBT:" + address));
                    assertEquals(
                            "trx:" + address,
                            ObservableKind.WALLET.normalise(address).value());
                    continue;
                }
                try {
                    Observable named = ObservableKind.WALLET.normalise(coin + ':' + address);
                    assertEquals(named, ObservableKind.WALLET.normalise(address));
                    assertEquals(named, ObservableKind.WALLET.normalise(named.value()));
                    assertEquals(
                            named,
                            Recognition.PLAIN
                                    .recogniseOne(address)
                                    .orElseThrow()
                                    .observable());
                    assertEquals(
                            named,
                            Recognition.PLAIN
                                    .recogniseOne(named.value())
                                    .orElseThrow()
                                    .observable());
                    taken++;
                } catch (InvalidObservable e) {
                    refused.add(coin + ' ' + address + ' ' + e.reason());
                }
            }
        }
        assertEquals(List.of(), refused);
        assertTrue(taken > 650, "addresses read: " + taken);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // BIP-173, BIP-350 and BIP-84 to 86
                "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4 | btc:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0 | btc:bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
                "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y | btc:bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
                "BC1SW50QGDZ25J | ''",
                "bitcoin:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2?amount=1.5&label=x | btc:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
                // the CashAddr specification: both spellings of one address
                "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a | btc:1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu",
                "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu | btc:1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu",
                "ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq | btc:3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC",
                // EIP-55
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed | eth:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                "0X5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED | eth:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                "polygon:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed | eth:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                // the address of all zeros of the XRP Ledger
                "rrrrrrrrrrrrrrrrrrrrrhoLvTp | xrp:rrrrrrrrrrrrrrrrrrrrrhoLvTp",
                "sol:11111111111111111111111111111111 | sol:11111111111111111111111111111111",
            })
    void knowsItsSpellings(String raw, String normal) throws InvalidObservable {
        if (normal.isEmpty()) { // well-formed by its check digits, too short for a wallet
            assertThrows(InvalidObservable.class, () -> ObservableKind.WALLET.normalise(raw));
        } else {
            assertEquals(normal, ObservableKind.WALLET.normalise(raw).value());
        }
    }

    @Test
    void knowsBothFlagsOfTon() throws InvalidObservable {
        String bounceable = "EQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAM9c";
        assertEquals(
                "ton:" + bounceable, ObservableKind.WALLET.normalise(bounceable).value());
        assertEquals(
                "ton:" + bounceable,
                ObservableKind.WALLET
                        .normalise("UQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAJKZ")
                        .value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed", // EIP-55: one letter in the wrong case
                "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3",
                "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN",
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
                "bc1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", // BIP-350: bech32 where bech32m is
                // due
                "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
                "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
                "ltc:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3",
                "eth:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
                "nocoin:x",
                "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6q",
                "EQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAM9d",
                "49HqitRzdnhYjgTEAhgGpCfsjdTeMbUTU6cyR4JV1R7k2Eej9rGT8JpFiYDa4tZM6RZiFrHmMzgSrhHEqpDYKBe5B2ufNsM"
            })
    void refusesWhatItsCheckDigitsRefuse(String raw) {
        InvalidObservable invalid = assertThrows(InvalidObservable.class, () -> ObservableKind.WALLET.normalise(raw));
        assertTrue(!invalid.getMessage().toLowerCase(Locale.ROOT).contains(raw.toLowerCase(Locale.ROOT)));
    }
}
