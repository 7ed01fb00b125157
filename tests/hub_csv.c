/* The CSV reader: its grammar, where cells stand, and every kind of damage. */
#include "csv.h"
#include "test.h"

enum { CELLS = 8 };

struct read {
	struct csv csv;
	struct csv_cell cells[CELLS];
	size_t n;
	char text[64];
};

static struct read open_text(const char *text)
{
	return (struct read){.csv = csv_open(span_of(text))};
}

static enum err next(struct read *r)
{
	return csv_row(&r->csv, r->cells, CELLS, &r->n);
}

static const char *cell(struct read *r, size_t i)
{
	r->text[csv_text(&r->cells[i], r->text)] = 0;
	return r->text;
}

TEST(a_row_is_cut_at_commas)
{
	struct read r = open_text("a,b,c\n");
	assert_ok(next(&r));
	assert_int_equal(r.n, 3);
	assert_string_equal(cell(&r, 2), "c");
	assert_err(next(&r), ERR_ABSENT);
	UNUSED(state);
}

TEST(semicolons_are_found_by_the_header)
{
	struct read r = open_text("a;b;c\n1,5;2;3\n");
	assert_ok(next(&r));
	assert_int_equal(r.n, 3);
	assert_ok(next(&r));
	assert_string_equal(cell(&r, 0), "1,5");
	UNUSED(state);
}

TEST(tabs_are_found_by_the_header)
{
	struct read r = open_text("a\tb\n1\t2,3\n");
	assert_ok(next(&r));
	assert_ok(next(&r));
	assert_string_equal(cell(&r, 1), "2,3");
	UNUSED(state);
}

TEST(separators_inside_quotes_do_not_count_in_the_header)
{
	struct read r = open_text("\"a;;;;b\",c,d\n");
	assert_ok(next(&r));
	assert_int_equal(r.n, 3);
	UNUSED(state);
}

TEST(a_byte_order_mark_is_no_part_of_the_first_name)
{
	struct read r = open_text("\xEF\xBB\xBFid,b\n");
	assert_ok(next(&r));
	assert_string_equal(cell(&r, 0), "id");
	assert_int_equal(r.cells[0].column, 1);
	UNUSED(state);
}

TEST(lines_may_end_in_cr_lf)
{
	struct read r = open_text("a,b\r\n1,2\r\n");
	assert_ok(next(&r));
	assert_string_equal(cell(&r, 1), "b");
	assert_ok(next(&r));
	assert_int_equal(r.cells[0].line, 2);
	UNUSED(state);
}

TEST(the_last_line_needs_no_end)
{
	struct read r = open_text("a,b\n1,");
	assert_ok(next(&r));
	assert_ok(next(&r));
	assert_int_equal(r.n, 2);
	assert_int_equal(r.cells[1].text.n, 0);
	assert_err(next(&r), ERR_ABSENT);
	UNUSED(state);
}

TEST(quotes_hold_separators_and_lines)
{
	struct read r = open_text("a,b\n\"x,\ny\",2\n3,4\n");
	assert_ok(next(&r));
	assert_ok(next(&r));
	assert_string_equal(cell(&r, 0), "x,\ny");
	assert_int_equal(r.cells[0].line, 2);
	assert_int_equal(r.cells[1].line, 3);
	assert_int_equal(r.cells[1].column, 4);
	assert_ok(next(&r));
	assert_int_equal(r.cells[0].line, 4);
	UNUSED(state);
}

TEST(doubled_quotes_become_one)
{
	struct read r = open_text("\"a \"\"b\"\" c\"\n");
	assert_ok(next(&r));
	assert_string_equal(cell(&r, 0), "a \"b\" c");
	UNUSED(state);
}

TEST(an_empty_quoted_cell_is_empty)
{
	struct read r = open_text("a,\"\",c\n");
	assert_ok(next(&r));
	assert_int_equal(r.cells[1].text.n, 0);
	UNUSED(state);
}

TEST(empty_lines_are_passed_over_but_counted)
{
	struct read r = open_text("\n\na\n\nb\n");
	assert_ok(next(&r));
	assert_int_equal(r.cells[0].line, 3);
	assert_ok(next(&r));
	assert_int_equal(r.cells[0].line, 5);
	UNUSED(state);
}

TEST(an_empty_file_has_no_row)
{
	struct read r = open_text("");
	assert_err(next(&r), ERR_ABSENT);
	UNUSED(state);
}

TEST(a_quote_in_a_bare_cell_is_a_fault_with_its_place)
{
	struct read r = open_text("a,b\n1,x\"y\n3,4\n");
	assert_ok(next(&r));
	assert_err(next(&r), ERR_FORMAT);
	assert_int_equal(r.csv.fault_line, 2);
	assert_int_equal(r.csv.fault_column, 4);
	assert_ok(next(&r));
	assert_string_equal(cell(&r, 0), "3");
	UNUSED(state);
}

TEST(text_after_a_closing_quote_is_a_fault)
{
	struct read r = open_text("\"a\"b,c\nd\n");
	assert_err(next(&r), ERR_FORMAT);
	assert_int_equal(r.csv.fault_column, 4);
	assert_ok(next(&r));
	UNUSED(state);
}

TEST(a_quote_never_closed_is_named_where_it_opens)
{
	struct read r = open_text("a,b\n1,\"x\ny\nz\n");
	assert_ok(next(&r));
	assert_err(next(&r), ERR_FORMAT);
	assert_int_equal(r.csv.fault_line, 2);
	assert_int_equal(r.csv.fault_column, 3);
	assert_err(next(&r), ERR_ABSENT);
	UNUSED(state);
}

TEST(a_carriage_return_alone_is_a_fault)
{
	struct read r = open_text("a\rb\n");
	assert_err(next(&r), ERR_FORMAT);
	UNUSED(state);
}

TEST(a_zero_byte_is_a_fault)
{
	struct csv c = csv_open((struct span){(const uint8_t *)"a\0b\nc\n", 6});
	struct csv_cell cells[CELLS];
	size_t n;
	assert_err(csv_row(&c, cells, CELLS, &n), ERR_FORMAT);
	assert_ok(csv_row(&c, cells, CELLS, &n));
	UNUSED(state);
}

TEST(more_cells_than_there_is_room_for_are_refused)
{
	struct read r = open_text("1,2,3,4,5,6,7,8,9\na\n");
	assert_err(next(&r), ERR_FULL);
	assert_int_equal(r.n, CELLS);
	assert_ok(next(&r));
	assert_int_equal(r.n, 1);
	UNUSED(state);
}

TEST(every_prefix_of_a_file_is_read_to_its_end)
{
	static const char text[] = "a,\"b\"\"\r\nc\",\r\n\"d\",e\n\"\"\n";
	for (size_t n = 0; n < sizeof(text); n++) {
		char *copy = malloc(n + 1);
		memcpy(copy, text, n);
		struct csv c = csv_open((struct span){(uint8_t *)copy, n});
		struct csv_cell cells[CELLS];
		size_t count, rows = 0;
		while (csv_row(&c, cells, CELLS, &count) != ERR_ABSENT)
			assert_true(++rows < 10);
		free(copy);
	}
	UNUSED(state);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_row_is_cut_at_commas),
	cmocka_unit_test(semicolons_are_found_by_the_header),
	cmocka_unit_test(tabs_are_found_by_the_header),
	cmocka_unit_test(separators_inside_quotes_do_not_count_in_the_header),
	cmocka_unit_test(a_byte_order_mark_is_no_part_of_the_first_name),
	cmocka_unit_test(lines_may_end_in_cr_lf),
	cmocka_unit_test(the_last_line_needs_no_end),
	cmocka_unit_test(quotes_hold_separators_and_lines),
	cmocka_unit_test(doubled_quotes_become_one),
	cmocka_unit_test(an_empty_quoted_cell_is_empty),
	cmocka_unit_test(empty_lines_are_passed_over_but_counted),
	cmocka_unit_test(an_empty_file_has_no_row),
	cmocka_unit_test(a_quote_in_a_bare_cell_is_a_fault_with_its_place),
	cmocka_unit_test(text_after_a_closing_quote_is_a_fault),
	cmocka_unit_test(a_quote_never_closed_is_named_where_it_opens),
	cmocka_unit_test(a_carriage_return_alone_is_a_fault),
	cmocka_unit_test(a_zero_byte_is_a_fault),
	cmocka_unit_test(more_cells_than_there_is_room_for_are_refused),
	cmocka_unit_test(every_prefix_of_a_file_is_read_to_its_end),
};

RUN_TESTS(tests)
