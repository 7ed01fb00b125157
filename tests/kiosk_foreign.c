/* Codes of something else: told apart by what they are. */
#include "test.h"

#include "foreign.h"

static void assert_kind(const char *text, enum foreign kind)
{
	enum foreign got = foreign_kind(span_of(text));

	if (got != kind)
		fail_msg("%s: kind %d, not %d", text, got, kind);
}

TEST(each_kind_is_known_by_a_real_code)
{
	static const struct {
		const char *text;
		enum foreign kind;
	} codes[] = {
		{"https://example.org/menu", FOREIGN_WEB},
		{"HTTP://EXAMPLE.ORG", FOREIGN_WEB},
		{"www.example.org", FOREIGN_WEB},
		{"URLTO:example.org", FOREIGN_WEB},
		{"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Peeters;Anne\r\nEND:VCARD", FOREIGN_CONTACT},
		{"BEGIN:VCARDVERSION:3.0N:Peeters;AnneEND:VCARD", FOREIGN_CONTACT},
		{"END:VCARD", FOREIGN_CONTACT},
		{"MECARD:N:Peeters,Anne;TEL:+3221234567;;", FOREIGN_CONTACT},
		{"BIZCARD:N:Anne;X:Peeters;;", FOREIGN_CONTACT},
		{"M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 326J001A0025 100", FOREIGN_BOARDING},
		{"M2PEETERS/ANNE        E7X9Q2L BRUSFOUA 0951Y279C032K0114 148>5181WW9278BUA",
			FOREIGN_BOARDING},
		{"WIFI:T:WPA;S:Hotel Meridian;P:welcome1;;", FOREIGN_WIFI},
		{"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT", FOREIGN_CALENDAR},
		{"BEGIN:VEVENT", FOREIGN_CALENDAR},
		{"END:VCALENDAR", FOREIGN_CALENDAR},
		{"mailto:anne@example.org", FOREIGN_MESSAGE},
		{"MATMSG:TO:anne@example.org;SUB:x;BODY:y;;", FOREIGN_MESSAGE},
		{"tel:+3221234567", FOREIGN_MESSAGE},
		{"SMSTO:+3221234567:hello", FOREIGN_MESSAGE},
		{"HC1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*WIFN0AHCD8",
			FOREIGN_HEALTH},
		{"shc:/5676290952432060346029243740446031222959532654603460292540772804336",
			FOREIGN_HEALTH},
		{"BCD\n002\n1\nSCT\nBPOTBEB1\nRed Cross\nBE72000000001616\nEUR1", FOREIGN_PAYMENT},
		{"SPC\r\n0200\r\n1\r\nCH4431999123000889012", FOREIGN_PAYMENT},
		{"00020101021126580014BR.GOV.BCB.PIX", FOREIGN_PAYMENT},
		{"bitcoin:175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W", FOREIGN_PAYMENT},
		{"4006381333931", FOREIGN_NUMBER},
		{"0", FOREIGN_NUMBER},
		{"hello", FOREIGN_OTHER},
		{"WI-FI", FOREIGN_OTHER},
		{"http", FOREIGN_OTHER},
		{"4006381333931-A", FOREIGN_OTHER},
	};

	for (size_t i = 0; i < COUNT(codes); i++)
		assert_kind(codes[i].text, codes[i].kind);
}

TEST(an_empty_text_is_nothing_special)
{
	assert_int_equal(foreign_kind((struct span){0}), FOREIGN_OTHER);
}

/* M1 begins many things. */
TEST(a_boarding_pass_is_one_only_when_its_items_are_in_place)
{
	static const char pass[] = "M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 326J001A0025 100";
	char text[sizeof(pass)];

	for (size_t n = 0; n + 1 < sizeof(pass); n++)
		assert_int_equal(
			foreign_kind((struct span){(const uint8_t *)pass, n}), FOREIGN_OTHER);
	memcpy(text, pass, sizeof(pass));
	text[31] = '1';
	assert_kind(text, FOREIGN_OTHER);
	memcpy(text, pass, sizeof(pass));
	text[45] = 'J';
	assert_kind(text, FOREIGN_OTHER);
	memcpy(text, pass, sizeof(pass));
	text[1] = '5';
	assert_kind(text, FOREIGN_OTHER);
}

/* The very bytes of the text and none after it: the address sanitizer watches. */
TEST(a_text_is_never_read_past_its_end)
{
	static const char *const begins[] = {"https:", "BEGIN:VCARD", "WIFI:", "SPC\r\n0200", "M1"};

	for (size_t i = 0; i < COUNT(begins); i++)
		for (size_t n = 0; n <= strlen(begins[i]); n++) {
			uint8_t *exact = malloc(n + 1);
			memcpy(exact + 1, begins[i], n);
			(void)foreign_kind((struct span){exact + 1, n});
			free(exact);
		}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(each_kind_is_known_by_a_real_code),
	cmocka_unit_test(an_empty_text_is_nothing_special),
	cmocka_unit_test(a_boarding_pass_is_one_only_when_its_items_are_in_place),
	cmocka_unit_test(a_text_is_never_read_past_its_end),
};

RUN_TESTS(tests)
