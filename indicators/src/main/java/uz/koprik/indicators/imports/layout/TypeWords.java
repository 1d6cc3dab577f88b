package uz.koprik.indicators.imports.layout;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uz.koprik.indicators.observable.ObservableKind;

/**
 * Words by which platforms and people name kinds of values: MISP, OTX, ThreatFox, TheHive, OpenCTI, Microsoft Defender,
 * DFIR-IRIS. A word is compared without case, blanks and punctuation.
 */
public final class TypeWords {

    /**
     * What a word means.
     *
     * @param kinds the kinds it allows; empty for any
     * @param held whether values of the type are taken at all
     */
    public record Meaning(List<ObservableKind> kinds, boolean held) {

        public Meaning {
            kinds = List.copyOf(kinds);
        }
    }

    private static final String HASHES = "md5 sha1 sha256 sha512 sha3-256 sha3-512 ssdeep tlsh";

    /** Words beside the name of a hash that change nothing. */
    private static final String HASH_WORDS = "hash hashes value hashvalue sum checksum digest file filehash хеш хэш"
            + " хешсумма хэшсумма хешфайла хэшфайла xesh хэши prüfsumme dateihash kivonat fájlhash 해시 해시값 파일해시";

    private static final String ADDRESSES = "ipv4 ipv6 cidr";

    /** Codes of kinds, and the words for them. Codes that no kind has are of values that are not taken. */
    private static final String[][] WORDS = {
        {
            ADDRESSES,
            "ip ips ipaddress ipaddr ipsrc ipdst ipv4 ipv6 ipv4addr ipv6addr ipv4address ipv6address ip4 ip6 ipadresse"
                    + " ipport ipdstport ipsrcport cidr ipv4cidr ipv6cidr ipv4net ipv6net iprange netblock subnet network"
                    + " address ipany c2ip srcip dstip destip sourceip destinationip srcaddr"
                    + " ipaddresses ipv4addresses ipv6addresses networkipv4 networkipv6 networkdestinationipv4"
                    + " networkdestinationipv6 networkcidrblock"
                    + " inteladdr intelsubnet ipv4addrvalue ipv6addrvalue dstaddr destaddr sourceaddress destinationaddress srcipaddr dstipaddr srcipaddress dstipaddress"
                    + " sourceipaddress destinationipaddress"
                    + " айпи ipадрес сеть подсеть ipmanzil ipманзил tarmoq тармоқ ipcím hálózat 아이피 ip주소 아이피주소"
        },
        {
            "domain",
            "domain domains domainnamevalue inteldomain domainname domainnames fqdn hostname hostnames domainport hostnameport"
                    + " otherdomain domene domäne domaene домен домены доменноеимя домен имя имяхоста хост domen domennomi"
                    + " доменноми tartomány tartománynév domén 도메인 도메인명 호스트 호스트명 호스트이름"
        },
        {"domain " + ADDRESSES, "host c2 c2server server cnc domainip"},
        {
            "url",
            "url urls urlfull urloriginal urlvalue intelurl uri link weblink website urlstring httpurl downloadurl phishingurl malwareurl urladdress webadresse"
                    + " ссылка адресurl urlадрес havola ҳавола hivatkozás webcím 링크 url주소 유알엘"
        },
        {"url-path", "uripath urlpath path urlpart httppath"},
        {
            "email",
            "email emails emailaddrvalue intelemail mailfrom mailto emailadresse mail emailsrc emaildst emailaddr emailaddress emailsender emailrecipient emailfrom sender"
                    + " emailreplyto replyto targetemail mailaddress mailbox mailadresse emailsrcaddress whoisregistrantemail"
                    + " emailsenderaddress emailaddresses электронныйадрес"
                    + " почта электроннаяпочта эл.почта адресэлектроннойпочты электронпочта elektronpochta pochta emailcím"
                    + " 이메일 전자우편 메일"
        },
        {"md5", "md5 filehashesmd5 md5hash hashmd5 filehashmd5 filemd5 md5sum filenamemd5 malwaresample xmd5"},
        {"sha1", "sha1 filehashessha1 sha1hash hashsha1 filehashsha1 filesha1 sha1sum filenamesha1"},
        {"sha256", "sha256 filehashessha256 sha256hash hashsha256 filehashsha256 filesha256 sha256sum filenamesha256"},
        {"sha512", "sha512 filehashessha512 sha512hash hashsha512 filehashsha512 filesha512 filenamesha512"},
        {"sha3-256", "sha3256 sha3256hash filehashsha3256"},
        {"sha3-512", "sha3512 sha3512hash filehashsha3512"},
        {"ssdeep", "ssdeep fuzzyhash filenamessdeep"},
        {"tlsh", "tlsh filenametlsh"},
        {
            HASHES,
            "hash hashes file files filehash filehashvalue intelfilehash stixfile artifact fileobject sample checksum"
                    + " хеш хэш хешсумма контрольнаясумма prüfsumme pruefsumme xesh fayl файл kivonat 해시 해시값 파일"
        },
        {
            "phone",
            "phone phonenumber phonenumbers tel telephone telephonenumber mobile mobilephone msisdn prtn"
                    + " whoisregistrantphone telefon telefonnummer rufnummer телефон номертелефона telefonraqam"
                    + " телефонрақам telefonszám 전화 전화번호 휴대폰"
        },
        {"iban", "iban ibannumber"},
        {
            "bank-account iban",
            "bankaccount bankaccountnr bankaccountnumber account accountnumber konto kontonummer счет счёт"
                    + " банковскийсчет банковскийсчёт расчетныйсчет расчётныйсчёт hisobraqam ҳисобрақам számlaszám"
                    + " bankszámla bankszámlaszám 계좌 계좌번호"
        },
        {
            "payment-card",
            "paymentcard creditcard card cardnumber ccnumber pan kreditkarte kartennummer карта номеркарты"
                    + " банковскаякарта karta kartaraqami картарақами kártya kártyaszám bankkártya 카드 카드번호"
        },
        {
            "wallet",
            "wallet walletaddress cryptowallet cryptocurrencywallet cryptocurrency cryptoaddress coinaddress btc xmr dash"
                    + " eth ltc bch doge trx xrp zec etc sol ada xlm xtz algo dot nano xem ton usdt usdttrc20 usdterc20 usdc bnb ksm kusama bitcoin bitcoinaddress"
                    + " monero ethereum litecoin dogecoin tron ripple solana stellar cardano polkadot tezos algorand nem"
                    + " кошелек кошелёк криптокошелек криптокошелёк hamyon kriptohamyon ҳамён tárca kriptotárca pénztárca"
                    + " 지갑 지갑주소 암호화폐지갑"
        },
        {
            "messenger",
            "messenger messengeraccount telegram telegramid whatsapp whatsappnumber signal viber skype"
                    + " useraccount telegramaccount мессенджер messenjer"
        },
        {"asn", "asn as asnumber autonomoussystem autonomoussystemnumber"},
        {"mac", "mac macaddress macaddr macadresse macадрес maceui64"},
        {"mutex", "mutex mutexname"},
        {
            "registry-key",
            "registrykey regkey registry regkeyvalue windowsregistrykey windowsregistrykeyvalue registrypath"
                    + " windowsregistryvaluetype"
        },
        {"user-agent", "useragent httpuseragent"},
        {"cve", "cve vulnerability cveid"},
        {"file-name", "filename intelfilename имяфайла dateiname faylnomi файлноми fájlnév 파일명"},
        {"file-path", "filepath filefullpath fullpath"},
        {"imei", "imei imeinumber imeisv"},
        {"ja3", "ja3 ja3fingerprint ja3fingerprintmd5 ja3hash ja3md5"},
        {"ja3s", "ja3s ja3sfingerprint ja3shash"},
        {"ja4", "ja4 ja4fingerprint ja4plus"},
        {"jarm", "jarm jarmfingerprint"},
        {"hassh", "hassh hasshmd5 hasshservermd5 hasshserver"},
        {
            "", // any kind: the word says only that there is a value
            "other indicator ioc observable value unknown any misc text"
                    + " прочее другое sonstiges andere boshqa бошқа egyéb 기타"
        },
        {
            "not taken",
            "certificatethumbprint thumbprint filehashpehash filehashimphash filenameimphash filenamepehash vhash"
                    + " filenameauthentihash filenamevhash sha224 sha384 filenamesha224 filenamesha384"
                    + " yara sigma filenamepattern snort suricata pdb imphash pehash authentihash sslcert x509fingerprintsha1"
                    + " x509fingerprintmd5 x509fingerprintsha256 sslcertfingerprint certificate x509certificate emailsubject"
                    + " mailsubject emailbody emailattachment emailheader emailmessage emailmessageid regexp regex"
                    + " comment attachment datetime hex counter float boolean size port country bic bankbic username user"
                    + " password process service command script namedpipe windowsservice vba"
                    + " cookie favicon faviconmmh3 githubrepository githubusername twitterid threatactor campaign malware"
                    + " malwaretype cpe stixpattern pattern software directory networktraffic dns whois location identity"
                    + " certificatefingerprint kuser mediacontent persona"
        },
    };

    private static final Map<String, Meaning> MEANINGS = meanings();

    private TypeWords() {}

    /** What a type word means; empty for a word that nobody uses. */
    public static Optional<Meaning> of(String word) {
        Optional<ObservableKind> own = ObservableKind.ofCode(word.strip().toLowerCase(Locale.ROOT));
        return own.isPresent()
                ? Optional.of(new Meaning(List.of(own.get()), true))
                : Optional.ofNullable(MEANINGS.get(bare(word)));
    }

    /**
     * A word as it is compared: letters and digits in lower case, without the apostrophes that are letters of Uzbek.
     */
    public static String bare(String word) {
        StringBuilder out = new StringBuilder(word.length());
        String even = Normalizer.isNormalized(word, Normalizer.Form.NFKC)
                ? word
                : Normalizer.normalize(word, Normalizer.Form.NFKC);
        even.codePoints()
                .filter(c -> Character.isLetterOrDigit(c) && Character.getType(c) != Character.MODIFIER_LETTER)
                .map(Character::toLowerCase)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static Map<String, Meaning> meanings() {
        Map<String, Meaning> meanings = new HashMap<>();
        for (ObservableKind kind : ObservableKind.values()) {
            Meaning one = new Meaning(List.of(kind), true);
            meanings.put(bare(kind.code()), one);
            meanings.put(bare(kind.label()), one);
        }
        List<String[]> rows = new ArrayList<>(List.of(WORDS));
        rows.addAll(List.of(LanguageWords.TYPES));
        for (String[] row : rows) {
            List<ObservableKind> kinds = new ArrayList<>();
            for (String code : row[0].split(" ", -1)) {
                ObservableKind.ofCode(code).ifPresent(kinds::add);
            }
            Meaning meaning = new Meaning(kinds, !kinds.isEmpty() || row[0].isEmpty());
            for (String word : row[1].split(" ", -1)) {
                meanings.put(bare(word), meaning);
            }
        }
        for (String hash : HASHES.split(" ", -1)) { // "Хэш SHA-256", "SHA-256 해시값"
            for (String word : HASH_WORDS.split(" ", -1)) {
                meanings.putIfAbsent(bare(word + hash), meanings.get(bare(hash)));
                meanings.putIfAbsent(bare(hash + word), meanings.get(bare(hash)));
            }
        }
        for (ObservableKind kind : ObservableKind.values()) { // MISP may have types that nobody listed above
            kind.mispTypes()
                    .ofLists()
                    .forEach(type -> meanings.putIfAbsent(bare(type), new Meaning(List.of(kind), true)));
        }
        return Map.copyOf(meanings);
    }
}
