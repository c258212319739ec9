/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A few lines between C and libphonenumber. */

#include "ruf-phone-shim.h"

#include <phonenumbers/phonenumberutil.h>

#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/* Service numbers, pagers and voice mail receive no messages. */
static bool
read_kind (PhoneNumberUtil::PhoneNumberType type,
           RufPhoneKind                    *kind)
{
  switch (type)
    {
    case PhoneNumberUtil::MOBILE:
      *kind = RUF_PHONE_KIND_MOBILE;
      return true;
    case PhoneNumberUtil::FIXED_LINE:
      *kind = RUF_PHONE_KIND_LANDLINE;
      return true;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
    case PhoneNumberUtil::VOIP:
      *kind = RUF_PHONE_KIND_UNKNOWN;
      return true;
    default:
      return false;
    }
}

static RufPhoneOrigin
read_origin (const PhoneNumber &number)
{
  switch (number.country_code_source ())
    {
    case PhoneNumber::FROM_NUMBER_WITH_PLUS_SIGN:
    case PhoneNumber::FROM_NUMBER_WITH_IDD:
      return RUF_PHONE_ORIGIN_PLUS;
    case PhoneNumber::FROM_NUMBER_WITHOUT_PLUS_SIGN:
      return RUF_PHONE_ORIGIN_BARE_CODE;
    default:
      return RUF_PHONE_ORIGIN_REGION;
    }
}

gboolean
ruf_phone_shim_parse (const char     *text,
                      const char     *region,
                      RufPhoneNumber *out)
{
  const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance ();
  PhoneNumber number;
  std::string e164;

  if (util->ParseAndKeepRawInput (text, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR ||
      !util->IsValidNumber (number) ||
      !read_kind (util->GetNumberType (number), &out->kind))
    return FALSE;

  util->Format (number, PhoneNumberUtil::E164, &e164);
  if (e164.size () >= sizeof out->e164)
    return FALSE;

  g_strlcpy (out->e164, e164.c_str (), sizeof out->e164);
  out->origin = read_origin (number);
  return TRUE;
}

gboolean
ruf_phone_shim_get_calling_code (const char *region,
                                 char        out[8])
{
  int code = PhoneNumberUtil::GetInstance ()->GetCountryCodeForRegion (region);

  g_snprintf (out, 8, "+%d", code);
  return code > 0;
}

void
ruf_phone_shim_get_trunk_prefix (const char *region,
                                 char        out[8])
{
  std::string prefix;

  PhoneNumberUtil::GetInstance ()->GetNddPrefixForRegion (region, true, &prefix);
  g_strlcpy (out, prefix.c_str (), 8);
}

gboolean
ruf_phone_shim_format (const char *e164,
                       char        out[32])
{
  const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance ();
  PhoneNumber number;
  std::string text;

  if (util->Parse (e164, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR)
    return FALSE;

  util->Format (number, PhoneNumberUtil::INTERNATIONAL, &text);
  return g_strlcpy (out, text.c_str (), 32) < 32;
}
