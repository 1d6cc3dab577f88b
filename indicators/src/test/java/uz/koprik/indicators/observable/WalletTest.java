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
import uz.koprik.indicators.observable.forms.ValueRemark;
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

    /** Made from the bytes 1, 2, 3 … by the rules of each coin, with other code than that under test. */
    @ParameterizedTest
    @CsvSource({
        "GAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFYYDENBWHA5DYPSABOV, xlm",
        "MAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFYYDENBWHA5DYPSAAAAAAAAAAAAAA54K, xlm",
        "CAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFYYDENBWHA5DYPSBFLM, xlm",
        "AEBAGBAFAYDQQCIKBMGA2DQPCAIREEYUCULBOGAZDINRYHI6D4QDTYK3BA, algo",
        "nano_11a41e41c3i9316in4re3n91y61j4abja7ap4we3k8iu5igjw9s1qndbjhtg, nano",
        "NAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCRW6C7LV, xem",
        "TAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCR3KM2ES, xem-test",
        "tz1KjMn6Hb23eu1rNemou6ytAzzNxzvaYHyK, xtz",
        "tz28QZkJtASQaeeieppeZjx8iaFPUtPpBrZd, xtz",
        "tz3LRNhdn2ZwyH7255tuZhQWXw8uFiXNJRVw, xtz",
        "tz496afrNbzJu2jtMFwkELNm5WPumbzCEh2S, xtz",
        "KT18g6ejmStajqDwZZ5ZwTfu1ZKzhYq5RboW, xtz",
        "12KeSVQBwS9AjRA976mnJouSAoQuS5bkWudT367GBEHE8Ls, dot",
        "CbeARaCxXBbUrE5xArpY7Lkj9611oLe8Q1tgQNiBtRFnrrh, ksm",
        "5C62W7ELLAAfjCQeBU3me9ykaYomD8XTg2B9Hk6ki6Cm3v58, substrate",
        "Ae2tdPwUPEYvubYS4bnrUPhz7wEoYCoBPNhJwCZ1eW8qCEMJzBsG1VfUatG, ada",
        "DdzFFzCqrhsdusZjF1Gn5P3ZFUqH5CFQAAXui4fGPYc9iwCTKQdPyVTNeRqDhnS58gaDwfTCsDxwF8wbtbGK9Tn835aHCy52uP6jSfe3, ada",
        "2cWKMJemoBah9PQpxJQdHNX7XMKCeu5xH4p2Uwqyy4hoynSX2HVFhy65CdPCrPLzVQxWZ, ada-test",
        "addr1qyqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qpqgpsgpgxquyqjzstpsxsurcszyfpx9q4zct3sxg6rvwq50fxr7, ada",
        "stake1uyqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qpxs5mw, ada",
        "addr_test1vqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qxyywge, ada-test",
        "tb1qqypqxpq9qcrsszg2pvxq6rs0zqg3yyc5r7fxez, btc-test",
        "tltc1qqypqxpq9qcrsszg2pvxq6rs0zqg3yyc56ktcft, ltc-test",
        "dgb1qqypqxpq9qcrsszg2pvxq6rs0zqg3yyc57rkd6l, dgb",
        "mfcHP2WMCVLsVZA8yrovmhMgxNFW9r98xw, btc-test",
        "2MsLZ5FqqYpjM1Q1W4X81zMVZTF9gdbhVwd, btc-test",
        "nUHVMF6vcrGd8RSK2hUZjwuGDNmPeNoBRb, doge-test",
        "yLQmwB9hninHD8Ceh2UAqLFWCzirppNLik, dash-test",
        "tm9ogR9KukTCiTKvrsSxQwFv2x1vhZTydav, zec-test",
        "QLhKCGi5ZvnS9amYgdA353vzbdbWYBoxD8, qtum",
        "NL1JGjDe22U44R57ZXVSeRa4T7Jo1HDLF4, neo",
        "SMPL7pCX7q6pEkTyoipdVgHvk9tE5D6XNW, dgb",
        "X7TiBbkpU3ZqUnpEh2XKnYLRPVD1G5GaEVjVXy74h39dq7G, xrp",
        "B4YQhgsa8yVXAHAgsnAX4ux2pz6P3dYfZJ, blk",
        "93rPn9P8b5B957UFkgVveHb6gTofSw5iwC, bio",
        "PY27E47W9ZrgWiVNdnVQ6oPRLd5d4YXkYM, pts",
        "8FBBovnZAiFPSFC5hqqHg33XRTHn6oJYVQ, slr",
        "aQ9PozAHKSNLbRFiJ7V1CBjfLF36KWjKdG, xpm",
        "b14ZXmAGN8cwiqj16DSGXYH83ieMsZR9HLk, btcp",
        "bxbCme9Q87WtdhYF3bLEWTagcaFv3fr2Azc, btcp",
        "n1EcBPP1JCjsKuA8V2pXzd8omvgyw7ASegV, btcp-test",
        "s1MJ5Jfv27oy3YfewgJgnFY3ziPk3fpjan6, sng",
        "s3Mz6EDQTfiHRdqMNoQMNgAQvrv2mFgSUj8, sng",
        "3P22DpDfBvLr9E7WEfC5sGnWCyQ2M9wods3, waves",
        "3Mp1QrtmKnoTWmp5yaw5upQgr5tFWzNH6bC, waves-test",
        "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20441edc56cebc, sia",
        "L4yu4zumM8a2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z26NhMJWtsWSA7icPFuECstJ94XRDHZYFLSAQSTAftscna8H9g4F1, oxen",
        "LQPF6cYkZfc2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z26NhMJWtsWSA7icPFuECstJ94XRDHZYFLSAQSTAftscna8HjJw6D, oxen",
        "LEga5ojFxQ62LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z26NhMJWtsWSA7icPFuECstJ94XRDHZYFLSAQSTAftscnaBkMV84ECzEi9BiSNAv, oxen",
        "cro1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc58ey86d, cro",
        "tcro1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5fvdr6u, cro-test",
    })
    void knowsTheCoinByTheCheckDigits(String address, String family) throws InvalidObservable {
        Observable value = ObservableKind.WALLET.normalise(address);
        assertEquals(family + ':' + address, value.value());
        assertEquals(value, ObservableKind.WALLET.normalise(value.value()));
        assertEquals(
                value,
                Recognition.PLAIN
                        .recognise("paid to " + address + '.')
                        .getFirst()
                        .observable());
        for (int at : List.of(3, address.length() / 2, address.length() - 2)) {
            char other = address.charAt(at) == 'a' ? 'c' : address.charAt(at) == 'A' ? 'C' : 'A';
            other = Character.isLowerCase(address.charAt(at)) && other == 'A' ? 'a' : other;
            String wrong = address.substring(0, at) + other + address.substring(at + 1);
            assertThrows(InvalidObservable.class, () -> ObservableKind.WALLET.normalise(wrong), wrong);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "xrb_11a41e41c3i9316in4re3n91y61j4abja7ap4we3k8iu5igjw9s1qndbjhtg,"
                + " nano:nano_11a41e41c3i9316in4re3n91y61j4abja7ap4we3k8iu5igjw9s1qndbjhtg",
        "NAAQEA-YEAUDA-OCAJBI-FQYDIO-B4IBCE-QTCRW6-C7LV, xem:NAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCRW6C7LV",
        "UQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIKLE, ton:EQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIP8B",
        "0:0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20,"
                + " ton:EQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIP8B",
        "ton:0:0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F20,"
                + " ton:EQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIP8B",
        "0QABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIBlO, ton-test:kQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIESL",
        "btc:mfcHP2WMCVLsVZA8yrovmhMgxNFW9r98xw, btc-test:mfcHP2WMCVLsVZA8yrovmhMgxNFW9r98xw",
        "ltc:2MsLZ5FqqYpjM1Q1W4X81zMVZTF9gdbhVwd, btc-test:2MsLZ5FqqYpjM1Q1W4X81zMVZTF9gdbhVwd",
        // one address has one normal form, under every name of the coins that share it
        "doge:D5ERdEN1gsouFSs7zsq7VYJxyWP6dP28H1, doge:D5ERdEN1gsouFSs7zsq7VYJxyWP6dP28H1",
        "pivx:D5ERdEN1gsouFSs7zsq7VYJxyWP6dP28H1, doge:D5ERdEN1gsouFSs7zsq7VYJxyWP6dP28H1",
        "digibyte:D5ERdEN1gsouFSs7zsq7VYJxyWP6dP28H1, doge:D5ERdEN1gsouFSs7zsq7VYJxyWP6dP28H1",
        "primecoin:AFsCjUGzicZmXQtWpwVt6fQTZyaVe7bfEk, btg:AFsCjUGzicZmXQtWpwVt6fQTZyaVe7bfEk",
        "megacoin:M7zVKQKmtV5Rc7erVGVVC3khZbXxsS5HEX, ltc:M7zVKQKmtV5Rc7erVGVVC3khZbXxsS5HEX",
        "garlicoin:GHwFW6kKNKWunuypCEVfNYVG1YSeGB63vr, btg:GHwFW6kKNKWunuypCEVfNYVG1YSeGB63vr",
        "lbc:bCpbnCkrjoJ6EHXtLx9eASHEbFYyikt35C, kmd:bCpbnCkrjoJ6EHXtLx9eASHEbFYyikt35C",
        "aptos:0x0102030405060708090A0b0c0d0e0f101112131415161718191a1b1c1d1e1f20,"
                + " apt:0x0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
        "vechain:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed, eth:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "NEO:AFsCjUGzicZmXQtWpwVt6fQTZyaVe7bfEk, btg:AFsCjUGzicZmXQtWpwVt6fQTZyaVe7bfEk",
        "qtum:M7zVKQKmtV5Rc7erVGVVC3khZbXxsS5HEX, ltc:M7zVKQKmtV5Rc7erVGVVC3khZbXxsS5HEX",
    })
    void writesOneAddressInOneForm(String raw, String normal) throws InvalidObservable {
        assertEquals(normal, ObservableKind.WALLET.normalise(raw).value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "D5ERdEN1gsouFSs7zsq7VYJxyWP6dP28H1 | an address of this form is of DOGE, DGB, PIVX or XVG",
                "AFsCjUGzicZmXQtWpwVt6fQTZyaVe7bfEk | an address of this form is of BTG, NEO, AUR or XPM",
                "M7zVKQKmtV5Rc7erVGVVC3khZbXxsS5HEX | an address of this form is of LTC, QTUM or MEC",
                "31nM1WuowNDzocNxPPW9NQWJEtwWpjfcLj | an address of this form is of BTC, BCH, BSV or LTC",
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed | an address of this form is of ETH or the other EVM chains",
                "addr_test1vqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qxyywge"
                        + " | an address of a test network, where coins have no value",
                "mfcHP2WMCVLsVZA8yrovmhMgxNFW9r98xw | an address of this form is of BTC, BCH, BSV or LTC;"
                        + " an address of a test network, where coins have no value",
                "GHwFW6kKNKWunuypCEVfNYVG1YSeGB63vr | an address of this form is of BTG, GRLC or GAME",
                "bCpbnCkrjoJ6EHXtLx9eASHEbFYyikt35C | an address of this form is of KMD or LBC",
                "tz1KjMn6Hb23eu1rNemou6ytAzzNxzvaYHyK | ''",
            })
    void namesAllCoinsOfASharedForm(String address, String remark) throws InvalidObservable {
        assertEquals(
                remark,
                ValueRemark.text(ObservableKind.WALLET.normalise(address).remarks())
                        .orElse(""));
    }

    @Test
    void remarksHaveCodes() throws InvalidObservable {
        assertEquals(
                List.of(
                        ValueRemark.ofCoins(ValueRemark.Code.SHARED_FORM, List.of("BTC", "BCH", "BSV", "LTC")),
                        ValueRemark.ofCoins(ValueRemark.Code.TEST_NETWORK, List.of())),
                ObservableKind.WALLET
                        .normalise("mfcHP2WMCVLsVZA8yrovmhMgxNFW9r98xw")
                        .remarks());
        assertEquals(
                List.of(ValueRemark.ofCoins(ValueRemark.Code.EVM_FORM, List.of("ETH"))),
                ObservableKind.WALLET
                        .normalise("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")
                        .remarks());
    }

    /** Solana's addresses have no check digits: text without the name of a coin or kind is none. */
    @Test
    void takesSolanaOnlyWhereSomebodyNamesIt() throws InvalidObservable {
        String account = "67WKXSxm4oc149PvQjdXLacKFZpK5DyYdqBwpiVydJbb";
        String program = "FnqbqF7YJekTNEMkZJMcujSouSfd4CzTacotg2LmSqeV"; // no point of the curve
        assertEquals(List.of(), Recognition.PLAIN.recognise("see " + account + " and " + program));
        assertTrue(Recognition.PLAIN.recogniseOne(account).isEmpty());
        assertEquals("sol:" + account, ObservableKind.WALLET.normalise(account).value());
        assertThrows(InvalidObservable.class, () -> ObservableKind.WALLET.normalise(program));
        assertEquals(
                "sol:" + program,
                ObservableKind.WALLET.normalise("sol:" + program).value());
        assertEquals(
                "sol:" + account,
                Recognition.PLAIN
                        .recognise("paid sol:" + account)
                        .getFirst()
                        .observable()
                        .value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFYYDENBWHA5DYPSBF5K",
                "xlm:SAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFYYDENBWHA5DYPSBF5K",
                "KwFfpDsaF7yxCELuyrH9gP5XL7TAt5b9HPWC1xCQbmrxvhJgMQHb",
            })
    void neverKeepsASecretKey(String secret) {
        InvalidObservable invalid =
                assertThrows(InvalidObservable.class, () -> ObservableKind.WALLET.normalise(secret));
        assertTrue(invalid.reason().startsWith("this is a secret key"), invalid.reason());
        assertTrue(Recognition.PLAIN.recogniseOne(secret).isEmpty());
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
                "ltc:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3",
                "eth:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
                "nocoin:x",
                "0x0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20", // of Aptos, or any hash
                "ltc:1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
                "bch:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                "xmr:tz1KjMn6Hb23eu1rNemou6ytAzzNxzvaYHyK",
                "addr1vqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qa7qr8m", // of the test network, by its first byte
                "hXwTPHDsyZEG9FQUqFwRcfsxZoUHiVF56nYkpbDWAPhCgc5", // a network that is rare
                "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6q",
                "EQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAM9d",
                "49HqitRzdnhYjgTEAhgGpCfsjdTeMbUTU6cyR4JV1R7k2Eej9rGT8JpFiYDa4tZM6RZiFrHmMzgSrhHEqpDYKBe5B2ufNsM"
            })
    void refusesWhatItsCheckDigitsRefuse(String raw) {
        InvalidObservable invalid = assertThrows(InvalidObservable.class, () -> ObservableKind.WALLET.normalise(raw));
        assertTrue(!invalid.getMessage().toLowerCase(Locale.ROOT).contains(raw.toLowerCase(Locale.ROOT)));
    }
}
