package uz.koprik.indicators.observable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where Koprik and two public validators of wallets differ on purpose, with addresses of our own. That it knows the
 * other forms, and refuses them with one wrong character, is in {@link WalletTest}.
 */
class WalletVerdictsTest {

    /** {@code address | what the validators say | what Koprik makes of it | why}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ltc:31nM1WuowNDzocNxPPW9NQWJEtwWpjfcLj | invalid in one | btc:31nM1WuowNDzocNxPPW9NQWJEtwWpjfcLj"
                        + " | the first script addresses of Litecoin begin with 3, and its nodes still take them",
                "eth:0X5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED | invalid | eth:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"
                        + " | a report in capitals means the same address, which has no check digits in one case",
                "cro:tcro1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5fvdr6u | invalid on the main network"
                        + " | cro-test:tcro1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5fvdr6u"
                        + " | addresses of test networks are reported as such under each coin",
            })
    void takesWhatTheyRefuse(String address, String theirs, String normal, String reason) throws InvalidObservable {
        assertEquals(normal, ObservableKind.WALLET.normalise(address).value(), reason);
    }

    /** {@code address | what the validators say | what Koprik says | why}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd | valid in the older one"
                        + " | no address of a coin that is known here, or a character of it is wrong"
                        + " | BIP-350 asks for the check digits of Bech32m from witness version 1 on",
                "bitcoin:GHwFW6kKNKWunuypCEVfNYVG1YSeGB63vr | valid on the regression test network"
                        + " | the address is not one of that coin"
                        + " | Bitcoin's regression test network has the versions of its test network; this one is of Bitcoin Gold",
                "eos:firstaccount | valid | not the name of a coin that is known here"
                        + " | accounts of EOS are words of twelve letters without check digits",
                "hbar:0.0.12345 | valid | not the name of a coin that is known here"
                        + " | three numbers with dots are versions; they have no check digits",
                "decred:DsAbCdEfGhJkLmNpQrStUvWxYz123456789 | valid when its check digits fit"
                        + " | not the name of a coin that is known here"
                        + " | the check needs a hash function that nothing else here needs",
            })
    void refusesWhatTheyTake(String address, String theirs, String problem, String reason) {
        InvalidObservable refused =
                assertThrows(InvalidObservable.class, () -> ObservableKind.WALLET.normalise(address), reason);
        assertEquals(problem, refused.reason());
    }
}
